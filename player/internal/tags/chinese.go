package tags

func decodeChinese(b []byte) (string, bool) { return "", false }
