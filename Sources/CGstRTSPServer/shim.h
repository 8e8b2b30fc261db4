#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/rtsp-server/rtsp-server.h>

// Macros with casts or calls in them do not import, and functions with variable arguments neither.

static inline void cgst_turn_off(GstElement *element, const char *property) {
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(element), property))
        g_object_set(element, property, FALSE, NULL);
}

// What a session of GStreamer's RTP manager knows: a structure that the caller frees, or NULL.
static inline GstStructure *cgst_statistics(GObject *session) {
    GstStructure *statistics = NULL;
    g_object_get(session, "stats", &statistics, NULL);
    return statistics;
}

// The array that belongs to such a structure, or NULL.
static inline GValueArray *cgst_sources(const GstStructure *statistics) {
    const GValue *value = gst_structure_get_value(statistics, "source-stats");
    return value ? (GValueArray *)g_value_get_boxed(value) : NULL;
}
