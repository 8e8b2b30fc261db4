// libnl's messages and attributes, the kernel's rtnetlink constants, and what Swift cannot import of them.
#ifndef CNETLINK_SHIM_H
#define CNETLINK_SHIM_H

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/gen_stats.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <linux/tc_act/tc_gact.h>
#include <linux/tc_act/tc_mirred.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

// Linux 6.7, include/uapi/linux/pkt_sched.h: the last of netem's attributes; headers before that end one earlier.
enum { CNETLINK_NETEM_PRNG_SEED = 14 };

// Linux 3.7 and 4.12, include/uapi/linux/netlink.h: in the headers, but Glibc and they both declare SOL_NETLINK's kin.
static const int cnetlink_extended_acknowledgements = 11;

// <net/if.h> and <linux/if.h> declare them twice, and Swift then finds them ambiguous.
static const uint32_t cnetlink_flag_up = 0x1;
static const uint32_t cnetlink_flag_running = 0x40;
static const uint32_t cnetlink_flag_no_arp = 0x80;
static const uint32_t cnetlink_flag_multicast = 0x1000;

// <linux/if.h>: IF_OPER_UP, which RFC 2863 calls up.
static const uint8_t cnetlink_operational = 6;

// <linux/if_bridge.h>, which declares IPv6's structures once more: BR_STATE_FORWARDING.
static const uint8_t cnetlink_bridge_port_forwards = 3;

// A static inline function, because setsockopt's SOL_NETLINK needs the descriptor that only libnl has at hand.
static inline int cnetlink_ask_for_reasons(struct nl_sock *socket) {
    int on = 1;
    return setsockopt(nl_socket_get_fd(socket), 270 /* SOL_NETLINK */, cnetlink_extended_acknowledgements, &on, sizeof on);
}

// ethtool(8)'s request for the features of an interface: `ioctl` is variadic, and the block list a flexible array.
enum { CNETLINK_FEATURE_BLOCKS = 8 };

struct cnetlink_get_features {
    uint32_t command;
    uint32_t size;
    struct ethtool_get_features_block blocks[CNETLINK_FEATURE_BLOCKS];
};

struct cnetlink_set_features {
    uint32_t command;
    uint32_t size;
    struct ethtool_set_features_block blocks[CNETLINK_FEATURE_BLOCKS];
};

static inline int cnetlink_ethtool(int socket, const char *interface, void *request) {
    struct ifreq frame;
    memset(&frame, 0, sizeof frame);
    strncpy(frame.ifr_name, interface, sizeof frame.ifr_name - 1);
    frame.ifr_data = (char *)request;
    return ioctl(socket, SIOCETHTOOL, &frame);
}

static inline int cnetlink_read_features(int socket, const char *interface, struct cnetlink_get_features *features) {
    memset(features, 0, sizeof *features);
    features->command = ETHTOOL_GFEATURES;
    features->size = CNETLINK_FEATURE_BLOCKS;
    return cnetlink_ethtool(socket, interface, features);
}

/// How many features that can be turned off are on at `interface`; -1 with errno.
static inline int cnetlink_count_features(int socket, const char *interface) {
    struct cnetlink_get_features features;
    if (cnetlink_read_features(socket, interface, &features) < 0) return -1;
    int count = 0;
    for (uint32_t i = 0; i < features.size && i < CNETLINK_FEATURE_BLOCKS; i++)
        count += __builtin_popcount(features.blocks[i].available & features.blocks[i].active);
    return count;
}

/// Turns every feature of `interface` off that can be; -1 with errno.
static inline int cnetlink_clear_features(int socket, const char *interface) {
    struct cnetlink_get_features features;
    if (cnetlink_read_features(socket, interface, &features) < 0) return -1;
    struct cnetlink_set_features request;
    memset(&request, 0, sizeof request);
    request.command = ETHTOOL_SFEATURES;
    request.size = features.size;
    for (uint32_t i = 0; i < features.size && i < CNETLINK_FEATURE_BLOCKS; i++)
        request.blocks[i].valid = features.blocks[i].available;
    return cnetlink_ethtool(socket, interface, &request) < 0 ? -1 : 0;
}

#endif
