#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = write(file, text, strlen(text));
    int code = errno;
    close(file);
    errno = code;
    return count < 0 ? -1 : 0;
}

// Every user that exists here keeps its number inside, so that root's rights to other users' files stay.
static int identity_map(const char *own_map, char *text, size_t size) {
    FILE *file = fopen(own_map, "re");
    if (!file) return -1;
    unsigned first, outside, count;
    size_t length = 0;
    while (length < size && fscanf(file, "%u %u %u", &first, &outside, &count) == 3)
        length += (size_t)snprintf(text + length, size - length, "%u %u %u\n", first, first, count);
    fclose(file);
    return length < size ? 0 : -1;
}

static int map_all(pid_t target, const char *kind) {
    char own[64], path[64], text[2048];
    snprintf(own, sizeof own, "/proc/self/%s", kind);
    snprintf(path, sizeof path, "/proc/%d/%s", (int)target, kind);
    return identity_map(own, text, sizeof text) < 0 ? -1 : write_file(path, text);
}

static int map_one(uid_t user, gid_t group) {
    char text[64];
    snprintf(text, sizeof text, "0 %u 1\n", (unsigned)user);
    if (write_file("/proc/self/uid_map", text) < 0) return -1;
    // Without this an ordinary user may not write gid_map (user_namespaces(7)).
    if (write_file("/proc/self/setgroups", "deny") < 0 && errno != ENOENT) return -1;
    snprintf(text, sizeof text, "0 %u 1\n", (unsigned)group);
    return write_file("/proc/self/gid_map", text);
}

// Root's full map can only be written by a process that is still outside: a child forked before the change.
static pid_t fork_mapper(int *start) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    pid_t target = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        close(ends[1]);
        if (read(ends[0], &byte, 1) != 1) _exit(1);
        _exit(map_all(target, "uid_map") < 0 || map_all(target, "gid_map") < 0 ? 1 : 0);
    }
    close(ends[0]);
    *start = ends[1];
    return pid;
}

static int new_user_namespace(void) {
    uid_t user = geteuid();
    gid_t group = getegid();
    int start = -1, status = 1;
    pid_t mapper = user == 0 ? fork_mapper(&start) : -1;
    int result = unshare(CLONE_NEWUSER);
    int code = errno;
    if (mapper > 0) {
        if (result == 0) (void)!write(start, "", 1);
        close(start);
        waitpid(mapper, &status, 0);
    }
    errno = code;
    if (result < 0) return -1;
    return status == 0 ? 0 : map_one(user, group);
}

static int new_namespaces(enum linux_enter_stage *stage) {
    *stage = linux_enter_stage_user;
    // Root may go without: some systems forbid user namespaces and nothing else.
    if (new_user_namespace() < 0 && geteuid() != 0) return -1;
    *stage = linux_enter_stage_others;
    return unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC);
}

static void be_first_process(const char *path, char *const *arguments) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // 0: the parent is outside this PID namespace. Another number means that it is gone.
    if (getppid() != 0) _exit(127);
    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
    // Refused where the host's own is covered in part; then that one stays, which serves as well.
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
    execv(path, arguments);
    _exit(127);
}

int linux_enter_lab(const char *path, char *const *arguments, enum linux_enter_stage *stage) {
    pid_t parent = getppid();
    if (new_namespaces(stage) < 0) return -1;
    // The change of rights above may have cleared it.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    pid_t pid = fork();
    if (pid == 0) be_first_process(path, arguments);
    if (pid < 0) return -1;
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        // So that whoever waits for this process sees how that one ended.
        kill(getpid(), WTERMSIG(status));
        _exit(128 + WTERMSIG(status));
    }
    _exit(WEXITSTATUS(status));
}
