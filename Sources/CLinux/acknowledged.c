#define _GNU_SOURCE
#include "CLinux.h"

/* The C library's own header has an older tcp_info. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

int64_t linux_tcp_acknowledged(int descriptor) {
    struct tcp_info information;
    socklen_t size = sizeof information;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &information, &size) < 0) return -1;
    if (size < offsetof(struct tcp_info, tcpi_bytes_acked) + sizeof information.tcpi_bytes_acked) return -1;
    return (int64_t)information.tcpi_bytes_acked;
}
