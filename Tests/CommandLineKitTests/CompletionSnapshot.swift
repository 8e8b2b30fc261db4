/// What each shell gets for the example program, as tried in that shell.
enum CompletionSnapshot {
    static let bash = #"""
        # lab completion for bash: source <(lab completion bash)
        _lab() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} place='lab' word
            local IFS=$' \t\n'
            COMPREPLY=()
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "$place $word" in
                    'lab run' | 'lab kernel' | 'lab kernel exec') place="$place $word" ;;
                esac
            done
            case "$place $previous" in
                'lab run --engine' | 'lab run -e') COMPREPLY+=($(compgen -W 'auto host' -- "$current")); return ;;
                'lab run --set')  return ;;
                'lab run --jobs')  return ;;
            esac
            case "$place" in
                'lab')
                    if [[ $current == -* ]]; then COMPREPLY+=($(compgen -W '--help --version' -- "$current"));
                    else COMPREPLY+=($(compgen -W 'run kernel' -- "$current"));
                    fi ;;
                'lab run')
                    if [[ $current == -* ]]; then COMPREPLY+=($(compgen -W '--json --quiet --engine --set --jobs --help' -- "$current"));
                    else COMPREPLY+=($(compgen -f -W "$(lab list 2>/dev/null)" -- "$current"));
                    fi ;;
                'lab kernel')
                    if [[ $current == -* ]]; then COMPREPLY+=($(compgen -W '--help' -- "$current"));
                    else COMPREPLY+=($(compgen -W 'exec' -- "$current"));
                    fi ;;
                'lab kernel exec')
                    if [[ $current == -* ]]; then COMPREPLY+=($(compgen -W '--help' -- "$current"));
                    else :;
                    fi ;;
            esac
        }
        complete -o filenames -F _lab lab

        """#

    static let zsh = #"""
        #compdef lab
        # lab completion for zsh: source <(lab completion zsh)
        _lab() {
            local context state line
            _arguments -S \
                '--help[Show this help.]' \
                '-h[Show this help.]' \
                '--version[Show the version.]' \
                '1: :->command' \
                '*:: :->words'
            case $state in
                command)
                    local -a commands=('run:Run things.' 'kernel:Look after kernels.')
                    _describe command commands ;;
                words)
                    case $line[1] in
                        'run') _lab_run ;;
                        'kernel') _lab_kernel ;;
                    esac ;;
            esac
        }
        _lab_run() {
            _arguments -S \
                '--json[Print JSON.]' \
                '-j[Print JSON.]' \
                '--quiet[Print less.]' \
                '-q[Print less.]' \
                '--engine=[Which engine.]:engine:(auto host)' \
                '-e[Which engine.]:engine:(auto host)' \
                '*--set=[Override a setting.]:path=value: ' \
                '--jobs=[How many at once.]:count: ' \
                '--help[Show this help.]' \
                '-h[Show this help.]' \
                '*:thing:{ compadd -- ${(f)"$(lab list 2>/dev/null)"}; _files }'
        }
        _lab_kernel() {
            local context state line
            _arguments -S \
                '--help[Show this help.]' \
                '-h[Show this help.]' \
                '1: :->command' \
                '*:: :->words'
            case $state in
                command)
                    local -a commands=('exec:Run a program in one.')
                    _describe command commands ;;
                words)
                    case $line[1] in
                        'exec') _lab_kernel_exec ;;
                    esac ;;
            esac
        }
        _lab_kernel_exec() {
            _arguments -S \
                '--help[Show this help.]' \
                '-h[Show this help.]' \
                '::name: ' \
                '*:words: '
        }
        compdef _lab lab

        """#

    static let fish = #"""
        # lab completion for fish: lab completion fish | source
        function _lab_at
            set -l place 'lab'
            set -l words (commandline -opc)
            for word in $words[2..-1]
                switch "$place $word"
                    case 'lab run' 'lab kernel' 'lab kernel exec'
                        set place "$place $word"
                end
            end
            test "$place" = "$argv[1]"
        end
        complete -c lab -f
        complete -c lab -n '_lab_at "lab"' -a 'run' -d 'Run things.'
        complete -c lab -n '_lab_at "lab"' -a 'kernel' -d 'Look after kernels.'
        complete -c lab -n '_lab_at "lab"' -l help -s h -d 'Show this help.'
        complete -c lab -n '_lab_at "lab"' -l version -d 'Show the version.'
        complete -c lab -n '_lab_at "lab run"' -F -a '(lab list 2>/dev/null)'
        complete -c lab -n '_lab_at "lab run"' -l json -s j -d 'Print JSON.'
        complete -c lab -n '_lab_at "lab run"' -l quiet -s q -d 'Print less.'
        complete -c lab -n '_lab_at "lab run"' -l engine -s e -x -a 'auto host' -d 'Which engine.'
        complete -c lab -n '_lab_at "lab run"' -l set -x -d 'Override a setting.'
        complete -c lab -n '_lab_at "lab run"' -l jobs -x -d 'How many at once.'
        complete -c lab -n '_lab_at "lab run"' -l help -s h -d 'Show this help.'
        complete -c lab -n '_lab_at "lab kernel"' -a 'exec' -d 'Run a program in one.'
        complete -c lab -n '_lab_at "lab kernel"' -l help -s h -d 'Show this help.'
        complete -c lab -n '_lab_at "lab kernel exec"' -l help -s h -d 'Show this help.'

        """#
}
