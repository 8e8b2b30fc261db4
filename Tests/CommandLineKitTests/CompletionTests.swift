import Testing

@testable import CommandLineKit

@Suite("Completion scripts")
struct CompletionTests {
    private func script(_ shell: CompletionShell) -> String {
        CompletionScript(program: Example.program, shell: shell).render()
    }

    @Test("for bash")
    func bash() {
        #expect(script(.bash) == CompletionSnapshot.bash)
    }

    @Test("for zsh")
    func zsh() {
        #expect(script(.zsh) == CompletionSnapshot.zsh)
    }

    @Test("for fish")
    func fish() {
        #expect(script(.fish) == CompletionSnapshot.fish)
    }
}
