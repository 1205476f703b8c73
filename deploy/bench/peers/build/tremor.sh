# Tremor's example program, which decodes its standard input, with Tremor's
# assembly for ARM. libogg is two files, whose configuration is the names of
# some types.
cat >libogg/include/ogg/config_types.h <<'TYPES'
#include <stdint.h>
typedef int16_t ogg_int16_t;
typedef uint16_t ogg_uint16_t;
typedef int32_t ogg_int32_t;
typedef uint32_t ogg_uint32_t;
typedef int64_t ogg_int64_t;
typedef uint64_t ogg_uint64_t;
TYPES
rm libvorbisidec/iseeking_example.c
$CC $CFLAGS -static -D_ARM_ASSEM_ -Ilibogg/include -o "$OUT/tremor" libvorbisidec/*.c libogg/src/*.c
