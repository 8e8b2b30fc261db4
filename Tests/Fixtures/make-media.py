#!/usr/bin/env python3
"""Makes media files as users have them, by ffmpeg: make-media.py FOLDER NAME...

Each is 12 s of 25 frames a second with frames that are shown in another order than they are decoded in.
"""
import subprocess
import sys

VIDEO = "testsrc2=size=320x180:rate=25:duration=12"
SOUND = "sine=frequency=440:sample_rate=48000:duration=12"
CODED = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-b_strategy", "0", "-sc_threshold", "0",
         "-b:v", "300k", "-g", "1000", "-threads", "1"]
KEYS = "0,1.2,4.52,5.2,9,11.04"
FILES = {
    # Key frames at irregular times, sound that begins 21 ms before the pictures (AAC's priming), an edit list.
    "irregular.mp4": [CODED, ["-keyint_min", "1", "-force_key_frames", KEYS, "-c:a", "aac", "-b:a", "64k"]],
    # The same with negative composition offsets in place of the edit list.
    "negative.mp4": [CODED, ["-keyint_min", "1", "-force_key_frames", KEYS, "-c:a", "aac", "-b:a", "64k",
                             "-movflags", "negative_cts_offsets"]],
    # A key frame each two seconds, in a container that keeps no decoding times.
    "regular.mkv": [CODED, ["-force_key_frames", "expr:gte(t,n_forced*2)", "-c:a", "libopus", "-b:a", "64k"]],
    # No sound, and one key frame only.
    "long.mp4": [CODED, ["-an"]],
}


def main():
    for name in sys.argv[2:]:
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", VIDEO, "-f", "lavfi", "-i", SOUND]
            + sum(FILES[name], []) + [f"{sys.argv[1]}/{name}"], check=True)


main()
