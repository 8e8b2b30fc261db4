#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/random.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <fcntl.h>
#include <limits.h>

const char *linux_errno_name(int code) { return strerrorname_np(code); }

const char *linux_errno_text(int code) { return strerrordesc_np(code); }

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int linux_enter_network_namespace(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

int linux_new_network_namespace(void) { return unshare(CLONE_NEWNET); }

void linux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int linux_await_exit(pid_t pid) {
    siginfo_t information;
    int result;
    do {
        result = waitid(P_PID, (id_t)pid, &information, WEXITED | WNOWAIT);
    } while (result < 0 && errno == EINTR);
    return result;
}

static int64_t nanoseconds(struct timeval time) { return (int64_t)time.tv_sec * 1000000000 + time.tv_usec * 1000; }

int linux_reap(pid_t pid, struct linux_end *end) {
    int status;
    struct rusage usage;
    pid_t result;
    do {
        result = wait4(pid, &status, 0, &usage);
    } while (result < 0 && errno == EINTR);
    if (result < 0) return -1;
    end->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    end->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end->processor_time = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
    return 0;
}

int linux_set_timer_slack(unsigned long nanoseconds) { return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0); }

int linux_allowed_processors(int *numbers, int limit) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return 0;
    int count = 0;
    for (int number = 0; number < CPU_SETSIZE && count < limit; number++)
        if (CPU_ISSET(number, &set)) numbers[count++] = number;
    return count;
}

int linux_seed_random(uint64_t seed) {
    int descriptor = open("/dev/random", O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    // struct rand_pool_info: the entropy in bits, the size in bytes, the bytes.
    uint32_t pool[2 + 8] = {256, 32, (uint32_t)seed, (uint32_t)(seed >> 32)};
    int result = ioctl(descriptor, RNDADDENTROPY, pool);
    if (result == 0) result = ioctl(descriptor, RNDRESEEDCRNG);
    int code = errno;
    close(descriptor);
    errno = code;
    return result;
}

int linux_power_off(void) { return reboot(RB_POWER_OFF); }

int linux_make_raw(int descriptor) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) < 0) return -1;
    cfmakeraw(&settings);
    return tcsetattr(descriptor, TCSANOW, &settings);
}

int linux_pseudo_terminal(int ends[2]) {
    ends[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends[0] < 0) return -1;
    int locked = 0;
    ends[1] = ioctl(ends[0], TIOCSPTLCK, &locked) < 0 ? -1 : ioctl(ends[0], TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends[1] >= 0) return 0;
    int code = errno;
    close(ends[0]);
    errno = code;
    return -1;
}

int linux_loopback_up(void) {
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int result = ioctl(descriptor, SIOCSIFFLAGS, &request);
    int code = errno;
    close(descriptor);
    errno = code;
    return result;
}

int linux_check_executable_mapping(const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s/netlab-XXXXXX", folder);
    int descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor < 0) return -1;
    unlink(path);
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    int result = ftruncate(descriptor, (off_t)size);
    void *page = MAP_FAILED;
    if (result == 0) page = mmap(NULL, size, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED, descriptor, 0);
    int code = errno;
    if (page != MAP_FAILED) munmap(page, size);
    close(descriptor);
    errno = code;
    return page == MAP_FAILED ? -1 : 0;
}

char *linux_link_target(const char *path) {
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target);
    return length < 0 ? NULL : strndup(target, (size_t)length);
}

char *linux_resolve(const char *path) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return NULL;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    char *target = linux_link_target(link);
    int code = errno;
    close(descriptor);
    errno = code;
    return target;
}

int linux_watch_writes(const char *path) {
    int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (descriptor < 0) return -1;
    if (inotify_add_watch(descriptor, path, IN_MODIFY) >= 0) return descriptor;
    int code = errno;
    close(descriptor);
    errno = code;
    return -1;
}

int linux_mount(const char *source, const char *target, const char *type, const char *options) {
    return mount(source, target, type, MS_NOSUID, options);
}

int linux_bind(const char *source, const char *target) { return mount(source, target, NULL, MS_BIND, NULL); }
