# FAAD in fixed point. Its source package has no configure; this is what one
# would find out.
$CC $CFLAGS -static -DFIXED_POINT -DSTDC_HEADERS -DHAVE_INTTYPES_H -DHAVE_STDINT_H -DHAVE_STRING_H -DHAVE_STRCHR -DHAVE_MEMCPY \
	-DHAVE_UNISTD_H -DHAVE_GETOPT_H -DHAVE_GETOPT_LONG -DPACKAGE_VERSION='"fixed point"' \
	-Ifaad2/include -Ifaad2/libfaad -Ifaad2/frontend -o "$OUT/faad" faad2/libfaad/*.c faad2/frontend/*.c -lm
