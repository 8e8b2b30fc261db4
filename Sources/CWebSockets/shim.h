#ifndef CWEBSOCKETS_SHIM_H
#define CWEBSOCKETS_SHIM_H

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

/// What lws_write(3) wants to be free before a message. LWS_PRE is a function-like macro.
static inline size_t cwebsockets_room(void) { return LWS_PRE; }

/// A context that listens at an address and port, or with port -1 only calls; NULL where it cannot. Its one protocol is
/// of the name `netlab`; `user` comes back from lws_context_user(3). lws_context_creation_info has bit fields and
/// members that depend on how the library was built, and the list of protocols has to outlive the context.
static inline struct lws_context *cwebsockets_context(
    int port, const char *address, lws_callback_function *callback, void *user) {
    struct lws_protocols *protocols = (struct lws_protocols *)calloc(2, sizeof *protocols);
    struct lws_context_creation_info info;
    if (!protocols) return NULL;
    protocols[0].name = "netlab";
    protocols[0].callback = callback;
    protocols[0].rx_buffer_size = 65536;
    memset(&info, 0, sizeof info);
    info.port = port < 0 ? CONTEXT_PORT_NO_LISTEN : port;
    info.iface = address;
    info.protocols = protocols;
    info.options = LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
    info.user = user;
    struct lws_context *context = lws_create_context(&info);
    if (!context) free(protocols);
    return context;
}

/// Calls a server; NULL where it cannot even begin to.
static inline struct lws *cwebsockets_call(struct lws_context *context, const char *address, int port) {
    struct lws_client_connect_info info;
    memset(&info, 0, sizeof info);
    info.context = context;
    info.address = address;
    info.host = address;
    info.port = port;
    info.path = "/";
    info.protocol = "netlab";
    return lws_client_connect_via_info(&info);
}

#endif
