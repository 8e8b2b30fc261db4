#define _GNU_SOURCE
#include "CLinux.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { batch_limit = 64 };

int linux_send_datagrams(int descriptor, const uint8_t *bytes, int stride, const struct linux_datagram *datagrams,
                         int count) {
    struct mmsghdr messages[batch_limit];
    struct iovec parts[batch_limit];
    if (count > batch_limit) count = batch_limit;
    memset(messages, 0, sizeof messages);
    for (int index = 0; index < count; index++) {
        parts[index].iov_base = (void *)(bytes + (size_t)index * stride);
        parts[index].iov_len = datagrams[index].size;
        messages[index].msg_hdr.msg_iov = &parts[index];
        messages[index].msg_hdr.msg_iovlen = 1;
    }
    return sendmmsg(descriptor, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static int64_t received_at(struct msghdr *header) {
    for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item; item = CMSG_NXTHDR(header, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec time;
        memcpy(&time, CMSG_DATA(item), sizeof time);
        return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
    return 0;
}

int linux_receive_datagrams(int descriptor, uint8_t *bytes, int stride, struct linux_datagram *datagrams, int count) {
    struct mmsghdr messages[batch_limit];
    struct iovec parts[batch_limit];
    _Alignas(struct cmsghdr) char controls[batch_limit][CMSG_SPACE(sizeof(struct timespec))];
    if (count > batch_limit) count = batch_limit;
    memset(messages, 0, sizeof messages);
    for (int index = 0; index < count; index++) {
        parts[index].iov_base = bytes + (size_t)index * stride;
        parts[index].iov_len = stride;
        messages[index].msg_hdr.msg_iov = &parts[index];
        messages[index].msg_hdr.msg_iovlen = 1;
        messages[index].msg_hdr.msg_control = controls[index];
        messages[index].msg_hdr.msg_controllen = sizeof controls[index];
    }
    int received = recvmmsg(descriptor, messages, count, MSG_DONTWAIT, NULL);
    for (int index = 0; index < received; index++) {
        datagrams[index].size = messages[index].msg_len;
        datagrams[index].received = received_at(&messages[index].msg_hdr);
    }
    return received;
}

int linux_tcp_facts(int descriptor, struct linux_tcp_facts *facts) {
    struct tcp_info information;
    socklen_t size = sizeof information;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &information, &size) < 0) return -1;
    facts->retransmissions = information.tcpi_total_retrans;
    facts->round_trip = information.tcpi_rtt;
    facts->window = information.tcpi_snd_cwnd;
    facts->segment = information.tcpi_snd_mss;
    return 0;
}

int64_t linux_socket_drops(int descriptor) {
    uint32_t figures[SK_MEMINFO_VARS] = {0};
    socklen_t size = sizeof figures;
    if (getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, figures, &size) < 0) return -1;
    return figures[SK_MEMINFO_DROPS];
}
