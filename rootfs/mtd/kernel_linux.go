package mtd

// mtdInfo is struct mtd_info_user of mtd/mtd-abi.h.
type mtdInfo struct {
	kind      uint8
	flags     uint32
	size      uint32
	eraseSize uint32
	writeSize uint32
	spareSize uint32
	padding   uint64
}

// eraseInfo is struct erase_info_user.
type eraseInfo struct {
	start  uint32
	length uint32
}

// ubiIOCVOLUP is UBI_IOCVOLUP of mtd/ubi-user.h: _IOW('O', 0, __s64).
const ubiIOCVOLUP = 0x40084f00
