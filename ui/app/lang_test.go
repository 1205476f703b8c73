package app

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLanguagesAreComplete wants every text in both languages, with the same
// verbs in the same order but where the order of words differs.
func TestLanguagesAreComplete(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		a, b := en.Field(i).String(), zh.Field(i).String()
		if a == "" || b == "" {
			t.Errorf("%s is missing: %q, %q", name, a, b)
		}
		va, vb := verbs.FindAllString(a, -1), verbs.FindAllString(b, -1)
		if !reflect.DeepEqual(va, vb) {
			t.Errorf("%s takes %v and %v", name, va, vb)
		}
		if strings.ContainsAny(a+b, "!！") {
			t.Errorf("%s shouts: %q, %q", name, a, b)
		}
	}
}

func TestMessageTexts(t *testing.T) {
	for _, c := range []struct {
		m            Message
		lang         Lang
		first, after string
	}{
		{Message{Problem: Damaged, Name: "a.mp3", Lost: 760 * time.Millisecond, At: 134 * time.Second}, English,
			"Damaged: a.mp3", "Skipped 0.8 s at 2:14 and played on."},
		{Message{Problem: Damaged, Name: "a.mp3", Lost: 12 * time.Second, At: 4000 * time.Second}, Chinese,
			"已损坏：a.mp3", "已跳过 12.0 秒（在 1:06:40 处），继续播放。"},
		{Message{Problem: Unplayable, Name: "a.ogg", Detail: "Vorbis is not supported"}, English,
			"Can't play a.ogg", "Skipped. Vorbis is not supported"},
		{Message{Problem: Unplayable, Name: "a.ogg", Why: TroubleUnsupported, Detail: "ogg: Speex"}, English, "Can't play a.ogg", "Skipped. Not supported · ogg: Speex"},
		{Message{Problem: Unplayable, Name: "a.ogg", Why: TroubleDamaged, Detail: "ogg: no page"}, Chinese, "无法播放 a.ogg", "已跳过：已损坏 · ogg: no page"},
		{Message{Problem: Unplayable, Name: "a.ogg", Why: TroubleUnreadable}, Chinese, "无法播放 a.ogg", "已跳过：无法读取"},
		{Message{Problem: Unplayable, Name: "a.ogg"}, Chinese, "无法播放 a.ogg", "已跳过，继续播放。"},
		{Message{Problem: NoSound}, English, "No sound output", "Playing goes on when there is one."},
		{Message{Problem: NoSound, Detail: "USB"}, Chinese, "没有声音输出", "恢复后会继续播放。 · USB"},
		{Message{Problem: Unkept}, English, "The flash can't be written", "Settings last until power is off."},
		{Message{Problem: Unkept}, Chinese, "闪存无法写入", "断电后设置不会保留。"},
		{Message{Problem: PulledOut, Name: "FIELD"}, English, "“FIELD” was pulled out", "Put it back to hear the rest."},
		{Message{Problem: PulledOut, Name: "FIELD"}, Chinese, "“FIELD” 已拔出", "重新插入后可继续播放。"},
		{Message{Problem: Nothing}, English, "The queue is empty", "What you open in Files is played in order."},
		{Message{Problem: Nothing}, Chinese, "播放队列是空的", "在文件中打开的歌曲会依次播放。"},
		{Message{Problem: GoesOn, Name: "a.avi", At: 754 * time.Second}, English, "It goes on at 12:34", "Previous plays it from its beginning."},
		{Message{Problem: GoesOn, Name: "a.avi", At: 3754 * time.Second}, Chinese, "从 1:02:34 继续播放", "按上一首可从头播放。"},
		{Message{Problem: 99, Name: "a", Detail: "b"}, English, "a", "b"},
	} {
		if a, b := c.lang.words().message(&c.m); a != c.first || b != c.after {
			t.Errorf("%+v says %q, %q", c.m, a, b)
		}
	}
}

func TestReasons(t *testing.T) {
	gone := &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrNotExist}
	if s := english.reason(gone); s != english.gone {
		t.Error(s)
	}
	if s := english.reason(fs.ErrPermission); s != english.forbidden {
		t.Error(s)
	}
	if s := english.reason(&fs.PathError{Op: "open", Path: "/x", Err: errors.New("bad sector")}); s != "Reading failed: bad sector" {
		t.Error(s)
	}
}

// What was to be written and was not does not say that reading failed, and has words of
// either language where it is one of the usual things.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		err    error
		en, zh string
	}{
		{&fs.PathError{Op: "write", Path: "/x", Err: syscall.ENOSPC}, "There is no room left.", "存储空间已满。"},
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.EROFS}, "It is write-protected.", "存储介质已写保护。"},
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.EACCES}, "It is not allowed.", "没有权限。"},
		{&fs.PathError{Op: "remove", Path: "/x", Err: syscall.ENOENT}, "It is not there any more.", "它已经不在这里了。"},
		{fmt.Errorf("eject: %w", ErrInUse), "A file on it is still open.", "上面有文件还在使用。"},
		{&fs.PathError{Op: "write", Path: "/x", Err: syscall.EIO}, "It failed: input/output error", "操作失败：input/output error"},
	} {
		if en, zh := english.fault(c.err), chinese.fault(c.err); en != c.en || zh != c.zh {
			t.Errorf("%v: %q, %q", c.err, en, zh)
		}
	}
}

func TestSizesAndTimes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 KB", 999999: "999 KB", 1e6: "1.0 MB",
		6.15e6: "6.1 MB", 99999999: "99.9 MB", 212e6: "212 MB", 1.25e9: "1.2 GB", 64e9: "64.0 GB"} {
		if got := sizeText(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	for d, want := range map[time.Duration]string{0: "0:00", 59999 * time.Millisecond: "0:59", 61 * time.Second: "1:01",
		3599 * time.Second: "59:59", 3600 * time.Second: "1:00:00", 36061 * time.Second: "10:01:01"} {
		if got := timeText(d); got != want {
			t.Errorf("%s is %s, want %s", d, got, want)
		}
	}
	if s := joined("", "a", "", "b"); s != "a · b" {
		t.Error(s)
	}
}
