package app

import (
	"errors"
	"fmt"
	"path"

	"linnet/ui/theme"
)

// systemWords are the words of the pages about the machine, beside words.
type systemWords struct {
	themeLine   string     // where something is wrong with a theme file: file, line
	themeFaults [12]string // what, by theme.Fault; most have what it is about

	time        string
	timeSub     string
	setClock    string
	zone        string
	setIt       string
	clockIsSet  string
	clockFailed string
	clockParts  [5]string // year, month, day, hour, minute

	network    string
	networkSub string
	noCable    string
	noAddress  string

	removing string // of a medium
}

var englishSystem = systemWords{
	themeLine: "%s, line %d",
	themeFaults: [...]string{
		theme.FaultLine: "This is not KEY = VALUE.", theme.FaultKey: "There is no key %s.", theme.FaultTwice: "%s is set twice.",
		theme.FaultColour: "%s is no colour; write #RRGGBB.", theme.FaultNumber: "%s: write a number from %d to %d.",
		theme.FaultName: "The name is taken or too long.", theme.FaultBase: "The base is dark or light.",
		theme.FaultFolder: "%s is no folder beside it.", theme.FaultContrast: "%s: contrast %s, at least 4.5.",
		theme.FaultIcon: "%s is no icon.", theme.FaultRead: "",
	},
	time: "Time", timeSub: "Clock and time zone", setClock: "Clock", zone: "Time zone", setIt: "Set",
	clockIsSet: "The clock is set", clockFailed: "The clock could not be set",
	clockParts: [...]string{"Year", "Month", "Day", "Hour", "Minute"},
	network:    "Network", networkSub: "Address, on and off", noCable: "The cable is out", noAddress: "Waiting for an address",
	removing: "Removing…",
}

var chineseSystem = systemWords{
	themeLine: "%s，第 %d 行",
	themeFaults: [...]string{
		theme.FaultLine: "应写成“名称 = 值”。", theme.FaultKey: "没有 %s 这个名称。", theme.FaultTwice: "%s 写了两次。",
		theme.FaultColour: "%s 不是颜色，应写成 #RRGGBB。", theme.FaultNumber: "%s：应是 %d 到 %d 的整数。",
		theme.FaultName: "名字太长或已被占用。", theme.FaultBase: "base 只能是 dark 或 light。",
		theme.FaultFolder: "旁边没有文件夹 %s。", theme.FaultContrast: "%s：对比度 %s，至少 4.5。",
		theme.FaultIcon: "%s 不能用作图标。", theme.FaultRead: "",
	},
	time: "时间", timeSub: "时钟和时区", setClock: "时钟", zone: "时区", setIt: "设定",
	clockIsSet: "时钟已设定", clockFailed: "时钟未能设定",
	clockParts: [...]string{"年", "月", "日", "时", "分"},
	network:    "网络", networkSub: "地址、开关", noCable: "网线未插好", noAddress: "正在等待地址",
	removing: "正在移除…",
}

// themeFault says in two lines what is wrong with a theme file.
func (w *words) themeFault(err error) (first, second string) {
	var e *theme.FileError
	if !errors.As(err, &e) {
		return w.theme, w.reason(err)
	}
	first = path.Base(e.File)
	if e.Line > 0 {
		first = fmt.Sprintf(w.themeLine, first, e.Line)
	}
	text := w.themeFaults[e.Fault]
	switch e.Fault {
	case theme.FaultRead:
		return first, w.reason(e.Err)
	case theme.FaultLine, theme.FaultName, theme.FaultBase:
		return first, text
	case theme.FaultNumber:
		return first, fmt.Sprintf(text, e.What, e.Least, e.Most)
	case theme.FaultContrast:
		return first, fmt.Sprintf(text, e.What, tenths(int64(e.Tenths)))
	case theme.FaultIcon:
		return first, fmt.Sprintf(text, path.Base(e.What))
	}
	return first, fmt.Sprintf(text, e.What)
}
