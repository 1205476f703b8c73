# libopus's test program, in fixed point and with its assembly for ARMv4.
cd opus
./configure --host=arm-linux-gnueabi --enable-fixed-point --disable-shared --disable-rtcd --disable-doc
make -j"$JOBS" opus_demo LDFLAGS=-all-static
cp opus_demo "$OUT/opus_demo"
