#define _GNU_SOURCE
#include "datagrams.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { batch = 64, control_size = 64 };

int linux_address_make(const char *text, uint16_t port, struct linux_address *address) {
    char service[8];
    snprintf(service, sizeof service, "%u", port);
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    if (getaddrinfo(text, service, &hints, &found) != 0) return -1;
    memcpy(&address->storage, found->ai_addr, found->ai_addrlen);
    address->length = found->ai_addrlen;
    freeaddrinfo(found);
    return 0;
}

static int configure(int descriptor, const struct linux_address *local, int buffer) {
    int on = 1;
    if (setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) < 0) return -1;
    if (setsockopt(descriptor, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on) < 0) return -1;
    if (setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer) < 0) return -1;
    // The forced variant goes beyond net.core.rmem_max, which a lab's root may.
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) < 0 &&
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer) < 0) return -1;
    return bind(descriptor, (const struct sockaddr *)&local->storage, local->length);
}

int linux_datagram_socket(const struct linux_address *local, int buffer) {
    int descriptor = socket(local->storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (configure(descriptor, local, buffer) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

uint16_t linux_local_port(int descriptor) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) < 0) return 0;
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

int linux_send_datagrams(
    int descriptor, const struct linux_address *to, const struct linux_outgoing *datagrams, unsigned count) {
    struct mmsghdr messages[batch];
    struct iovec pieces[batch];
    if (count > batch) count = batch;
    memset(messages, 0, sizeof messages[0] * count);
    for (unsigned i = 0; i < count; i++) {
        pieces[i] = (struct iovec){.iov_base = (void *)datagrams[i].bytes, .iov_len = datagrams[i].length};
        messages[i].msg_hdr.msg_name = (void *)&to->storage;
        messages[i].msg_hdr.msg_namelen = to->length;
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    return sendmmsg(descriptor, messages, count, 0);
}

static void read_control(struct msghdr *header, struct linux_incoming *datagram, uint32_t *drops) {
    for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part; part = CMSG_NXTHDR(header, part)) {
        if (part->cmsg_level != SOL_SOCKET) continue;
        if (part->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;
            memcpy(&time, CMSG_DATA(part), sizeof time);
            datagram->time = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
        } else if (part->cmsg_type == SO_RXQ_OVFL) {
            memcpy(drops, CMSG_DATA(part), sizeof *drops);
        }
    }
}

int linux_receive_datagrams(
    int descriptor, void *buffer, uint32_t slot, struct linux_incoming *datagrams, unsigned count, uint32_t *drops) {
    struct mmsghdr messages[batch];
    struct iovec pieces[batch];
    char control[batch][control_size] __attribute__((aligned(8)));
    if (count > batch) count = batch;
    memset(messages, 0, sizeof messages[0] * count);
    for (unsigned i = 0; i < count; i++) {
        pieces[i] = (struct iovec){.iov_base = (char *)buffer + (size_t)i * slot, .iov_len = slot};
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_control = control[i];
        messages[i].msg_hdr.msg_controllen = control_size;
    }
    int received = recvmmsg(descriptor, messages, count, MSG_DONTWAIT | MSG_TRUNC, NULL);
    for (int i = 0; i < received; i++) {
        datagrams[i] = (struct linux_incoming){.length = messages[i].msg_len};
        read_control(&messages[i].msg_hdr, &datagrams[i], drops);
    }
    return received;
}

int linux_poll_until(struct pollfd *requests, unsigned count, int64_t deadline) {
    if (deadline < 0) return ppoll(requests, count, NULL, NULL);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t rest = deadline - ((int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
    if (rest < 0) rest = 0;
    struct timespec timeout = {.tv_sec = rest / 1000000000, .tv_nsec = rest % 1000000000};
    return ppoll(requests, count, &timeout, NULL);
}
