# mpg123 with its decoder for ARM without floating point.
cd mpg123
./configure --host=arm-linux-gnueabi --with-cpu=arm_nofpu --disable-shared --disable-modules --with-audio=dummy --enable-network=no
make -j"$JOBS" src/mpg123 LDFLAGS=-all-static
cp src/mpg123 "$OUT/mpg123"
