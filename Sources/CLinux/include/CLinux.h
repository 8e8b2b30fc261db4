// The few Linux calls that Swift cannot import by itself. Each declaration says why it is here.
#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>
#include <sys/types.h>

#include "datagrams.h"

/// The symbol of an error number ("ENOENT"), or NULL. `strerrorname_np` needs _GNU_SOURCE.
const char *linux_errno_name(int code);

/// The untranslated text of an error number, or NULL. `strerrordesc_np` needs _GNU_SOURCE and, unlike `strerror`, is
/// safe in threads.
const char *linux_errno_text(int code);

/// A pipe with O_CLOEXEC on both ends. `pipe2` needs _GNU_SOURCE.
int linux_pipe(int ends[2]);

/// Puts the calling thread into a network namespace. `setns` and CLONE_NEWNET need _GNU_SOURCE.
int linux_enter_network_namespace(int descriptor);

/// Gives the calling thread a new network namespace. `unshare` and CLONE_NEWNET need _GNU_SOURCE.
int linux_new_network_namespace(void);

/// Names the calling thread (15 bytes at most). `pthread_setname_np` needs _GNU_SOURCE.
void linux_name_thread(const char *name);

/// Waits for `pid` without reaping it, so that its number cannot be used again yet. `waitid` takes a union that Swift
/// does not see under this name.
int linux_await_exit(pid_t pid);

/// How a process ended, and what it took.
struct linux_end {
    int code;               /* -1 where a signal killed it */
    int signal;             /* 0 where none did */
    int64_t processor_time; /* user and system, ns */
};

/// Reaps `pid`, which has ended; 0, or -1 with `errno` set. WIFEXITED and its like are macros.
int linux_reap(pid_t pid, struct linux_end *end);

/// Copies this process. The copy is a child of this one's parent, which alone reaps it; it has the calling thread and
/// no other. Returns the copy's pid, 0 in the copy, or -1 with `errno` set. CLONE_PARENT needs _GNU_SOURCE, and fork(3)
/// knows no such choice.
pid_t linux_fork_sibling(void);

/// How late a timer of the calling thread, and of threads and processes it starts from now on, may fire, in
/// nanoseconds. prctl(2) is variadic.
int linux_set_timer_slack(unsigned long nanoseconds);

/// The processors that this process may use, at most `limit` of them; how many there are. CPU_ISSET is a macro.
int linux_allowed_processors(int *numbers, int limit);

/// Adds `seed` to what the kernel's random numbers follow from, has it count as all the entropy that they need, and
/// begins them anew. Needs CAP_SYS_ADMIN. ioctl(2) is variadic and its requests are macros.
int linux_seed_random(uint64_t seed);

/// Ends the machine with reboot(2). RB_POWER_OFF clashes with nothing, but <sys/reboot.h> is not in Glibc's module.
int linux_power_off(void);

/// `ioctl(TCGETS/TCSETS)` by cfmakeraw, which needs _DEFAULT_SOURCE: a terminal that changes no byte.
int linux_make_raw(int descriptor);

/// A new terminal: `ends[0]` is the side that a terminal's user is on, `ends[1]` the one that programs are attached to,
/// both with O_CLOEXEC. `posix_openpt` and TIOCGPTPEER need _GNU_SOURCE. Corresponds to pty(7).
int linux_pseudo_terminal(int ends[2]);

/// What a TCP sender knows of its connection (`tcp_info`, which clashes between the C library and the kernel).
struct linux_tcp_facts {
    uint32_t retransmissions; /* segments, in all */
    uint32_t round_trip;      /* us, smoothed */
    uint32_t window;          /* segments, congestion window */
    uint32_t segment;         /* bytes, the largest payload that is sent */
};

/// Fills in `facts`; 0, or -1 with `errno` set. Corresponds to `getsockopt(TCP_INFO)`.
int linux_tcp_facts(int descriptor, struct linux_tcp_facts *facts);

/// How many bytes the other end of a TCP connection has acknowledged (`tcpi_bytes_acked`); -1 where that is unknown.
int64_t linux_tcp_acknowledged(int descriptor);

/// What `linux_spawn` starts.
struct linux_spawn_request {
    const char *path;
    char *const *arguments;
    char *const *environment;
    const char *directory; /* NULL: the caller's */
    int standard[3];       /* descriptors that become 0, 1 and 2 */
    int network_namespace; /* -1: the caller's */
    int death_signal;      /* 0: none; else sent when the calling thread ends */
    int own_group;         /* 1: leads a process group of its own */
    int own_terminal;      /* 1: leads a session of its own whose terminal is its standard input */
    int no_core;           /* 1: leaves no core file when it crashes */
    int processor;         /* the only one it may use; -1: the caller's */
    int no_randomness;     /* 1: getrandom(2) gives it and its children nothing: it returns 0 */
};

/// The step of `linux_spawn` that failed.
enum linux_spawn_stage {
    linux_spawn_stage_fork,
    linux_spawn_stage_namespace,
    linux_spawn_stage_directory,
    linux_spawn_stage_filter,
    linux_spawn_stage_execute,
};

/// Starts a program: default signal actions, an empty signal mask, no descriptor but 0, 1 and 2. Between fork and exec
/// only async-signal-safe calls are allowed, and Swift allocates, so this is C. Returns the pid, or -1 with `errno`
/// and `stage` set.
pid_t linux_spawn(const struct linux_spawn_request *request, enum linux_spawn_stage *stage);

/// The step of `linux_enter_lab` that failed.
enum linux_enter_stage {
    linux_enter_stage_user,
    linux_enter_stage_others,
};

/// Executes `path` as the first process of new user, network, mount, PID and IPC namespaces, waits for it and exits as
/// it did; returns -1 with `errno` and `stage` set where it cannot. `unshare` of a user namespace needs a process with
/// one thread, and `fork` without `exec` is not for Swift.
int linux_enter_lab(const char *path, char *const *arguments, enum linux_enter_stage *stage);

/// Brings up the loopback of the calling thread's namespace. SIOCSIFFLAGS with `ioctl` is variadic.
int linux_loopback_up(void);

/// Whether a file in `folder` can be mapped to run code from, as the embedded kernel's memory must be: 0, or -1 with
/// `errno`. MAP_FAILED is a cast that Swift does not import.
int linux_check_executable_mapping(const char *folder);

/// What a symbolic link holds, in memory to be freed; NULL with `errno` set. PATH_MAX is not in Glibc's module.
char *linux_link_target(const char *path);

/// The path from the root with links resolved, in memory to be freed; NULL with `errno` set. O_PATH needs _GNU_SOURCE.
char *linux_resolve(const char *path);

/// Tells when a file is written to: an inotify descriptor. <sys/inotify.h> is not in Glibc's module.
int linux_watch_writes(const char *path);

/// Mounts a file system. The MS_* flags are not in Glibc's module.
int linux_mount(const char *source, const char *target, const char *type, const char *options);

/// Shows `source` at `target` too. MS_BIND is not in Glibc's module.
int linux_bind(const char *source, const char *target);

#endif
