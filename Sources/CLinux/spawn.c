#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct failure {
    enum linux_spawn_stage stage;
    int code;
};

static void report(int pipe_end, enum linux_spawn_stage stage) {
    struct failure failure = {stage, errno};
    // Nobody is left to hear of a failing write.
    (void)!write(pipe_end, &failure, sizeof failure);
    _exit(127);
}

static void restore_signals(void) {
    // The kernel's own struct sigaction, all zero: SIG_DFL. glibc's call refuses the two signals that it keeps for
    // itself, and those too are inherited where they are ignored.
    const unsigned long action[4] = {0};
    for (int signal = 1; signal < NSIG; signal++) syscall(SYS_rt_sigaction, signal, action, NULL, 8);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// First above 2, so that one of the three does not overwrite another before that one has been copied.
static int place_standard(const int standard[3]) {
    int high[3];
    for (int i = 0; i < 3; i++) {
        high[i] = fcntl(standard[i], F_DUPFD_CLOEXEC, 3);
        if (high[i] < 0) return -1;
    }
    for (int i = 0; i < 3; i++)
        if (dup2(high[i], i) < 0) return -1;
    return 0;
}

// Skipped calls return 0: no byte was written (seccomp(2), SECCOMP_RET_ERRNO).
static int withhold_randomness(void) {
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof steps / sizeof steps[0], steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
    // Without the flag, kernels before 5.16 slow down every process that has a filter.
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &filter);
}

static void be_child(const struct linux_spawn_request *request, int report_end, pid_t parent) {
    if (request->own_terminal)
        setsid();
    else if (request->own_group)
        setpgid(0, 0);
    if (request->death_signal) {
        prctl(PR_SET_PDEATHSIG, request->death_signal);
        if (getppid() != parent) _exit(127);  // it died before the line above
    }
    if (request->network_namespace >= 0 && setns(request->network_namespace, CLONE_NEWNET) < 0)
        report(report_end, linux_spawn_stage_namespace);
    if (request->directory && chdir(request->directory) < 0) report(report_end, linux_spawn_stage_directory);
    int end = fcntl(report_end, F_DUPFD_CLOEXEC, 10);
    if (end < 0 || place_standard(request->standard) < 0) report(report_end, linux_spawn_stage_fork);
    close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    if (request->own_terminal) ioctl(0, TIOCSCTTY, 0);
    if (request->no_core) setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (request->processor >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(request->processor, &set);
        // One that has gone offline meanwhile: then any will do.
        (void)sched_setaffinity(0, sizeof set, &set);
    }
    restore_signals();
    if (request->no_randomness && withhold_randomness() < 0) report(end, linux_spawn_stage_filter);
    execve(request->path, request->arguments, request->environment);
    report(end, linux_spawn_stage_execute);
}

struct birth {
    const struct linux_spawn_request *request;
    int report_end;
    pid_t parent;
};

static int begin(void *context) {
    const struct birth *birth = context;
    be_child(birth->request, birth->report_end, birth->parent);
    _exit(127);
}

// The child borrows this process's memory until it executes its program, as posix_spawn(3) does it. A copy would cost
// time, and a user-mode kernel (7.3) corrupts its page tables and panics when a process forks that has a packet ring
// mapped (packet(7), PACKET_RX_RING), as every live capture has.
static pid_t fork_child(const struct linux_spawn_request *request, int report_end) {
    char stack[64 * 1024] __attribute__((aligned(16)));
    struct birth birth = {request, report_end, getpid()};
    sigset_t all, previous;
    sigfillset(&all);
    // A handler of the parent must not run in the child.
    pthread_sigmask(SIG_SETMASK, &all, &previous);
    pid_t pid = clone(begin, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &birth);
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    errno = code;
    return pid;
}

pid_t linux_spawn(const struct linux_spawn_request *request, enum linux_spawn_stage *stage) {
    *stage = linux_spawn_stage_fork;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    pid_t pid = fork_child(request, ends[1]);
    int code = errno;
    close(ends[1]);
    struct failure failure;
    ssize_t count = 0;
    if (pid > 0) {
        do {
            count = read(ends[0], &failure, sizeof failure);
        } while (count < 0 && errno == EINTR);
    }
    close(ends[0]);
    if (pid > 0 && count == sizeof failure) {
        waitpid(pid, NULL, 0);
        *stage = failure.stage;
        code = failure.code;
        pid = -1;
    }
    errno = code;
    return pid;
}

pid_t linux_fork_sibling(void) { return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL); }
