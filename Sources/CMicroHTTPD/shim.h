#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <microhttpd.h>
#include <sys/ioctl.h>

// True variadics do not import: a daemon with a thread for each connection, on a socket that listens already.
static inline struct MHD_Daemon *cmicrohttpd_start(
    int listener, MHD_AccessHandlerCallback answer, void *(*begin)(void *, const char *, struct MHD_Connection *),
    MHD_RequestCompletedCallback end, MHD_NotifyConnectionCallback connection, void *owner) {
    return MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL, answer, owner,
        MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_URI_LOG_CALLBACK, begin, owner, MHD_OPTION_NOTIFY_COMPLETED, end,
        owner, MHD_OPTION_NOTIFY_CONNECTION, connection, owner, MHD_OPTION_END);
}

// The port that a request came from.
static inline uint16_t cmicrohttpd_peer_port(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL) return 0;
    // The port lies at the same place in both families' addresses.
    return ntohs(((const struct sockaddr_in *)(const void *)info->client_addr)->sin_port);
}

// How many bytes a request's line and headers had; 0 where that is unknown.
static inline size_t cmicrohttpd_request_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

// A connection's socket, or -1.
static inline int cmicrohttpd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

// How many bytes written to a TCP socket wait for their acknowledgement; -1 where that is unknown.
static inline int cmicrohttpd_unacknowledged(int descriptor) {
    int bytes = 0;
    return ioctl(descriptor, SIOCOUTQ, &bytes) < 0 ? -1 : bytes;
}

// Macros with casts do not import, and enumerators do so under names of Swift's making.
static const uint64_t cmicrohttpd_unknown_size = MHD_SIZE_UNKNOWN;
static const ssize_t cmicrohttpd_end_of_body = MHD_CONTENT_READER_END_OF_STREAM;
static const ssize_t cmicrohttpd_broken_body = MHD_CONTENT_READER_END_WITH_ERROR;
static const enum MHD_Result cmicrohttpd_no = MHD_NO;
static const enum MHD_Result cmicrohttpd_yes = MHD_YES;
static const enum MHD_RequestTerminationCode cmicrohttpd_completed = MHD_REQUEST_TERMINATED_COMPLETED_OK;
static const enum MHD_ConnectionNotificationCode cmicrohttpd_connected = MHD_CONNECTION_NOTIFY_STARTED;
static const enum MHD_ResponseMemoryMode cmicrohttpd_lasting = MHD_RESPMEM_PERSISTENT;
