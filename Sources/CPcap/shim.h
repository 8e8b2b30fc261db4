#include <pcap/pcap.h>

/* __builtin_prefetch does not import. A prefetch of an address that is not mapped does nothing. */
static inline void cpcap_prefetch(const void *address) { __builtin_prefetch(address); }
