#define _GNU_SOURCE
#include "CLinux.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

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
