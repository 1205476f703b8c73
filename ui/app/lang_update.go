package app

// updateWords are the words about new versions, beside words.
type updateWords struct {
	update, updateSub          string
	runs                       string
	noUpdate, noUpdateHint     string
	updateRefused              string
	updateFaults, updateAdvice [updateFaults]string // what it is, what to do; the first are unused

	installAsk, installTell, installDo string
	installing, installHint            string
	installBegins, installChecks       string
	installFailed                      string
	installStopped, installStoppedHint string
	restarts, understood               string

	newFailed, newFailedTell     string
	otherBroken, otherBrokenTell string

	forgetAll, forgetAllSub, forgetAllAsk, forgetAllTell, forgetAllDo string
}

var englishUpdate = updateWords{
	update: "Update and reset", updateSub: "From a stick or card",
	runs:     "now",
	noUpdate: "No new version found", noUpdateHint: "Put in a stick or card with one",
	updateRefused: "It is not installed",
	updateFaults: [...]string{
		UpdateFine: "-", UpdateNone: "This is no update.", UpdateUnsigned: "The signature is wrong.", UpdateOtherBoard: "It is for another device.",
		UpdateOlder: "It is older than what runs.", UpdateTruncated: "The file is not complete.", UpdateNoSpace: "It does not fit.",
		UpdateDamaged: "The file is damaged.", UpdateMedium: "The stick cannot be read.", UpdateFlash: "The memory cannot be written.",
	},
	updateAdvice: [...]string{
		UpdateFine: "-", UpdateNone: "Get the file again from where it came from.", UpdateUnsigned: "Take only files from the maker of this device.",
		UpdateOtherBoard: "Get the one for this device.", UpdateOlder: "Get a newer one.", UpdateTruncated: "Copy it again, and remove the stick safely.",
		UpdateNoSpace: "Ask the maker of this device.", UpdateDamaged: "Copy it again, and try another stick.",
		UpdateMedium: "Put it in again and try once more.", UpdateFlash: "Try once more. The present version goes on working.",
	},
	installAsk: "Install Linnet %s?", installTell: "It takes some minutes; leave the stick in. Then Linnet starts again. If the new version does not run, this one comes back.",
	installDo: "Install", installing: "Installing", installHint: "Leave the stick in. The music goes on.",
	installBegins: "Making room", installChecks: "Checking", installFailed: "It was not installed",
	installStopped: "Stopped", installStoppedHint: "This version stays.",
	restarts: "Linnet starts again…", understood: "OK",
	newFailed: "The new version failed", newFailedTell: "The new version did not start. The former one runs again, with all your settings.",
	otherBroken: "A version was damaged", otherBrokenTell: "The other version on this device is damaged. This one runs. Install an update to have two again.",
	forgetAll: "Factory reset", forgetAllSub: "Forget all settings; music stays",
	forgetAllAsk: "Forget everything?", forgetAllTell: "Settings, playlists and the library are forgotten, and Linnet starts anew. Music stays.", forgetAllDo: "Forget",
}

var chineseUpdate = updateWords{
	update: "更新与重置", updateSub: "从 U 盘或存储卡",
	runs:     "当前",
	noUpdate: "没有找到新版本", noUpdateHint: "请插入存有更新文件的 U 盘或存储卡",
	updateRefused: "未安装",
	updateFaults: [...]string{
		UpdateFine: "-", UpdateNone: "这不是更新文件。", UpdateUnsigned: "签名不正确。", UpdateOtherBoard: "它用于其他设备。",
		UpdateOlder: "它比当前版本旧。", UpdateTruncated: "文件不完整。", UpdateNoSpace: "空间不够。",
		UpdateDamaged: "文件已损坏。", UpdateMedium: "无法读取 U 盘。", UpdateFlash: "无法写入存储器。",
	},
	updateAdvice: [...]string{
		UpdateFine: "-", UpdateNone: "请从原处重新获取文件。", UpdateUnsigned: "请只使用本设备厂商提供的文件。",
		UpdateOtherBoard: "请获取用于本设备的文件。", UpdateOlder: "请获取更新的版本。", UpdateTruncated: "请重新复制，并安全移除 U 盘。",
		UpdateNoSpace: "请联系设备厂商。", UpdateDamaged: "请重新复制，或换一个 U 盘。",
		UpdateMedium: "请重新插入后再试。", UpdateFlash: "请再试一次。当前版本照常使用。",
	},
	installAsk: "安装 Linnet %s？", installTell: "需要一两分钟，然后自动重新启动。请勿拔出 U 盘。如果新版本不能启动，会恢复当前版本。",
	installDo: "安装", installing: "正在安装", installHint: "请勿拔出 U 盘。音乐可以继续播放。",
	installBegins: "正在准备", installChecks: "正在检查", installFailed: "未能安装",
	installStopped: "已停止", installStoppedHint: "继续使用当前版本。",
	restarts: "正在重新启动…", understood: "知道了",
	newFailed: "新版本未能启动", newFailedTell: "新版本未能启动，已恢复原来的版本，所有设置都在。",
	otherBroken: "有一个版本已损坏", otherBrokenTell: "设备上的另一个版本已损坏，现在运行的是这一个。安装更新即可修复。",
	forgetAll: "恢复出厂设置", forgetAllSub: "清除所有设置，保留音乐",
	forgetAllAsk: "清除所有内容？", forgetAllTell: "设置、播放列表和音乐库都会清除，然后重新启动。音乐文件会保留。", forgetAllDo: "清除",
}
