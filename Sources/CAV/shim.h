#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/crc.h>
#include <libavutil/murmur3.h>
#include <libavutil/opt.h>

// Macros with casts or calls in them do not import.
static const int cav_again = AVERROR(EAGAIN);
static const int cav_end = AVERROR_EOF;
static const int cav_exit = AVERROR_EXIT;
static const int cav_out_of_memory = AVERROR(ENOMEM);
static const int cav_invalid_data = AVERROR_INVALIDDATA;
static const int cav_encoder_not_found = AVERROR_ENCODER_NOT_FOUND;
static const int cav_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
static const int64_t cav_no_time = AV_NOPTS_VALUE;
static const int cav_input_padding = AV_INPUT_BUFFER_PADDING_SIZE;

// A stereo AVChannelLayout is a compound literal.
static inline void cav_set_stereo(AVChannelLayout *layout) { av_channel_layout_default(layout, 2); }
