package playertest_test

import (
	"os"
	"testing"

	"linnet/player/playertest"
)

// Other samples and other names are failures.
func TestGolden(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	line := playertest.GoldenLine([]int32{1, -1}, "a name")
	if err := os.WriteFile("testdata/golden.txt", []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, "", func(r testing.TB) { playertest.Golden(r, line) })
	expect(t, "decoded", func(r testing.TB) { playertest.Golden(r, playertest.GoldenLine([]int32{1, -2}, "a name")) })
	expect(t, "decoded", func(r testing.TB) { playertest.Golden(r, playertest.GoldenLine([]int32{1, -1}, "another")) })
}
