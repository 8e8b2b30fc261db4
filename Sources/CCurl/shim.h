#include <curl/curl.h>

// Variadic functions do not import.
typedef size_t (*ccurl_write)(char *bytes, size_t size, size_t count, void *owner);
typedef int (*ccurl_debug)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *owner);

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_owner(CURL *handle, ccurl_write write, ccurl_debug debug, void *owner) {
    curl_easy_setopt(handle, CURLOPT_PRIVATE, owner);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, owner);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, write);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, owner);
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, debug);
}
static inline curl_off_t ccurl_microseconds(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}
static inline long ccurl_number(CURL *handle, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}
static inline void *ccurl_owner(CURL *handle) {
    char *value = 0;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value);
    return value;
}
// The union in CURLMsg has no name.
static inline CURLcode ccurl_result(CURLMsg *message) { return message->data.result; }
