package tags

import "strconv"

// A Field is one thing that a tag says.
type Field struct {
	Tag  string // the tag, as "ID3v2.3"
	Name string // the field's own name, as "TIT2"
	Text string
	Raw  []byte // what Text was decoded from, where the tag does not truly say how
}

// note keeps what was read, where someone asked for that.
func (info *Info) note(tag, name, text string) {
	if info.noting && text != "" && len(info.Fields) < maxFields {
		info.Fields = append(info.Fields, Field{Tag: tag, Name: name, Text: text})
	}
}

// notePicture is note for a picture of size bytes.
func (info *Info) notePicture(tag, name string, size int64) {
	info.note(tag, name, "picture, "+strconv.FormatInt(size, 10)+" bytes")
}
