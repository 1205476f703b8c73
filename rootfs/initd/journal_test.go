//go:build linux

package initd

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// kmsg is the kernel's log: a write is a record.
type kmsg struct{ *said }

func (k kmsg) Write(p []byte) (int, error) {
	k.say("%s", strings.TrimSuffix(string(p), "\n"))
	return len(p), nil
}

func testJournal(t *testing.T, to *said) *journal {
	t.Helper()
	j, err := newJournal(kmsg{to})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.out.Close() })
	return j
}

func TestJournal(t *testing.T) {
	var log said
	j := testJournal(t, &log)
	j.say("linnet %d", 1)
	j.check(nil)
	j.check(errors.Join(errors.New("initd: one"), errors.New("two")))
	fmt.Fprint(j.out, "a line\r\nanother\n\nthe beginning")
	j.finish()
	want := "<4>initd: linnet 1\n<4>initd: one\n<4>initd: two\n" +
		"<6>linnet: a line\n<6>linnet: another\n<6>linnet: \n<6>linnet: the beginning"
	if log.text() != want {
		t.Errorf("the log has\n%s\nwant\n%s", log.text(), want)
	}
	j.finish() // the machine's end may come twice
	if log.text() != want {
		t.Errorf("the second end says %s", log.text())
	}
}

// TestJournalWhole has lines come in pieces: they are handed on whole.
func TestJournalWhole(t *testing.T) {
	var log said
	j := testJournal(t, &log)
	j.ring.Write([]byte("one\ntw"))
	more := j.tell(false)
	if log.text() != "<6>linnet: one" {
		t.Errorf("the log has %q", log.text())
	}
	j.ring.Write([]byte("o\n"))
	<-more
	j.tell(false)
	if log.text() != "<6>linnet: one\n<6>linnet: two" {
		t.Errorf("the log has %q", log.text())
	}
}

// TestJournalBehind has the player say more than the ring holds at once.
func TestJournalBehind(t *testing.T) {
	var log said
	j := testJournal(t, &log)
	j.ring.Write([]byte(strings.Repeat("0123456\n", ringSize/8+10)))
	j.tell(false)
	if !strings.HasPrefix(log.text(), "<4>initd: 80 bytes that linnet said came too fast") {
		t.Errorf("the log begins with %.100q", log.text())
	}
	if n := strings.Count(log.text(), "<6>linnet: 0123456"); n != ringSize/8 {
		t.Errorf("%d lines, want %d", n, ringSize/8)
	}
}

// TestJournalLong has a line that no record holds, of characters that no
// record may cut.
func TestJournalLong(t *testing.T) {
	var log said
	j := testJournal(t, &log)
	line := strings.Repeat("播放器", 3000)
	fmt.Fprintln(j.out, line)
	j.finish()
	var got strings.Builder
	for _, l := range log.lines {
		text, ok := strings.CutPrefix(l, "<6>linnet: ")
		if !ok || len(text) > maxLine {
			t.Fatalf("a record of %d bytes: %.60q", len(l), l)
		}
		got.WriteString(text)
	}
	if got.String() != line {
		t.Errorf("%d bytes became %d", len(line), got.Len())
	}
}

func TestCut(t *testing.T) {
	for limit := 4; limit < 12; limit++ {
		s := []byte("abc播放器def")
		n := cut(s, limit)
		if n > limit || limit-n >= utf8.UTFMax || !utf8.Valid(s[:n]) {
			t.Errorf("cut at %d for %d", n, limit)
		}
	}
	if n := cut([]byte(strings.Repeat("\x80", 20)), 10); n != 10 {
		t.Errorf("what is no text is cut at %d", n)
	}
}
