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

// picture is told of a picture of size bytes, of which up to most are read.
func (info *Info) picture(tag, name string, size, most int64) {
	t := &info.Tags
	t.HasCover = t.HasCover || size > 0 && size <= most
	t.Oversize = t.Oversize || size > most
	info.note(tag, name, "picture, "+strconv.FormatInt(size, 10)+" bytes")
}
