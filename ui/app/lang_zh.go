package app

var chinese = words{
	files:       "文件",
	place:       "第 %d 首，共 %d 首",
	item:        "1 项",
	items:       "%d 项",
	reading:     "正在读取…",
	noTrack:     "没有播放",
	emptyRoot:   "还没有音乐",
	emptyHint:   "插入 U 盘，或通过网络拷贝文件。",
	emptyDir:    "没有可播放的文件",
	dirHint:     "这个文件夹里没有音乐。",
	badDir:      "无法读取这个文件夹",
	again:       "重新查看",
	damaged:     "%s 已损坏",
	lost:        "已跳过 %s 秒（在 %s 处），继续播放。",
	unplayable:  "无法播放 %s",
	skipped:     "已跳过：%s",
	skippedOnly: "已跳过，继续播放。",
	noSound:     "没有声音输出",
	noSoundHint: "恢复后会继续播放。",
}
