#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <fcntl.h>

const char *linux_errno_name(int code) { return strerrorname_np(code); }

const char *linux_errno_text(int code) { return strerrordesc_np(code); }

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int linux_enter_network_namespace(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

int linux_new_network_namespace(void) { return unshare(CLONE_NEWNET); }

void linux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int linux_set_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, signal); }

int linux_await_exit(pid_t pid) {
    siginfo_t information;
    int result;
    do {
        result = waitid(P_PID, (id_t)pid, &information, WEXITED | WNOWAIT);
    } while (result < 0 && errno == EINTR);
    return result;
}

int linux_reap(pid_t pid, int *code, int *signal) {
    int status;
    pid_t result;
    do {
        result = waitpid(pid, &status, 0);
    } while (result < 0 && errno == EINTR);
    if (result < 0) return -1;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return 0;
}

int linux_power_off(void) { return reboot(RB_POWER_OFF); }

int linux_make_raw(int descriptor) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) < 0) return -1;
    cfmakeraw(&settings);
    return tcsetattr(descriptor, TCSANOW, &settings);
}

int linux_terminal_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return 0;
    return size.ws_col;
}
