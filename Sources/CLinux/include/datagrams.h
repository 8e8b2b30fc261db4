// UDP in batches. sendmmsg and recvmmsg need _GNU_SOURCE and the control messages are macros, so Swift sees neither.
#ifndef CLINUX_DATAGRAMS_H
#define CLINUX_DATAGRAMS_H

#include <poll.h>
#include <stdint.h>
#include <sys/socket.h>

/// An IPv4 or IPv6 address with a port.
struct linux_address {
    struct sockaddr_storage storage;
    socklen_t length;
};

/// Reads a numeric address; 0, or -1 where it is none.
int linux_address_make(const char *text, uint16_t port, struct linux_address *address);

/// A UDP socket bound to `local`, with receive times, overflow counts and socket buffers of `buffer` bytes (the kernel
/// may grant less). Returns the descriptor, or -1 with `errno` set.
int linux_datagram_socket(const struct linux_address *local, int buffer);

/// The port that a socket is bound to, or 0.
uint16_t linux_local_port(int descriptor);

/// A datagram to send.
struct linux_outgoing {
    const void *bytes;
    uint32_t length;
};

/// Sends up to `count` datagrams (64 at most) in one call of sendmmsg(2); returns how many went, or -1.
int linux_send_datagrams(
    int descriptor, const struct linux_address *to, const struct linux_outgoing *datagrams, unsigned count);

/// A datagram that came: its length (as sent, even where it was cut to fit) and the kernel's receive time in ns since
/// 1970, 0 where it gave none.
struct linux_incoming {
    uint32_t length;
    int64_t time;
};

/// Takes up to `count` datagrams (64 at most) that are there, without waiting, each into its own `slot` bytes of
/// `buffer`. `drops` gets the socket's overflow count (SO_RXQ_OVFL) where the kernel tells it. Returns how many came.
int linux_receive_datagrams(
    int descriptor, void *buffer, uint32_t slot, struct linux_incoming *datagrams, unsigned count, uint32_t *drops);

/// ppoll(2) until the monotonic clock shows `deadline` (ns); -1 waits for ever. poll(2) knows only milliseconds.
int linux_poll_until(struct pollfd *requests, unsigned count, int64_t deadline);

#endif
