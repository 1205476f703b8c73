package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parseFlags fills a command's structure from its arguments, by the tags of its
// fields, as kong does where that is linked: name, default, enum, required,
// negatable, sep (only "none") and arg, in the structure and in those embedded in it. It returns
// the names of the flags that were given. A program for flash has one command,
// and kong, which calls methods by their names, costs it two megabytes: the
// linker has to keep every method of every type.
func parseFlags(command any, args []string) (map[string]bool, error) {
	p := flagParser{given: map[string]bool{}}
	if err := p.collect(reflect.ValueOf(command).Elem()); err != nil {
		return nil, err
	}
	if err := p.parse(args); err != nil {
		return nil, err
	}
	for _, f := range p.flags {
		if f.required && !p.given[f.name] {
			return nil, fmt.Errorf("missing flags: --%s", f.name)
		}
	}
	return p.given, nil
}

// newAppliance is what the arguments behind the command's name say.
func newAppliance(args []string) (*applianceCmd, error) {
	c := new(applianceCmd)
	given, err := parseFlags(c, args)
	if err != nil {
		return nil, err
	}
	c.given = given
	return c, c.Validate()
}

// flagField is a field that a flag, or what is no flag, goes into.
type flagField struct {
	name                string
	value               reflect.Value
	enum                []string // nil: anything
	required, negatable bool
	whole               bool // of a list: a text is one of it, commas and all
}

type flagParser struct {
	flags []flagField
	rest  reflect.Value // []string, of the arguments that are no flags
	given map[string]bool
}

// collect lists the fields of a structure and sets their defaults.
func (p *flagParser) collect(s reflect.Value) error {
	for i := range s.NumField() {
		field, value := s.Type().Field(i), s.Field(i)
		_, isRest := field.Tag.Lookup("arg")
		switch {
		case field.Anonymous:
			if err := p.collect(value); err != nil {
				return err
			}
		case !field.IsExported():
		case isRest:
			p.rest = value
		default:
			f := newFlag(field, value)
			p.flags = append(p.flags, f)
			if text, ok := field.Tag.Lookup("default"); ok {
				if err := f.set(text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func newFlag(field reflect.StructField, value reflect.Value) flagField {
	f := flagField{name: field.Tag.Get("name"), value: value}
	if f.name == "" {
		f.name = flagName(field.Name)
	}
	if enum, ok := field.Tag.Lookup("enum"); ok {
		f.enum = strings.Split(enum, ",")
	}
	_, f.required = field.Tag.Lookup("required")
	_, f.negatable = field.Tag.Lookup("negatable")
	f.whole = field.Tag.Get("sep") == "none"
	return f
}

// flagName is the name of a field without one: NoSubtitles is no-subtitles.
func flagName(field string) string {
	var b strings.Builder
	for i, c := range field {
		if c >= 'A' && c <= 'Z' && i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(c)))
	}
	return b.String()
}

// parse takes the arguments in their order.
func (p *flagParser) parse(args []string) error {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		name, isFlag := strings.CutPrefix(arg, "--")
		if isFlag && name == "" {
			return p.keep(args...)
		}
		var err error
		if isFlag {
			args, err = p.flag(name, args)
		} else {
			err = p.keep(arg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *flagParser) keep(args ...string) error {
	if !p.rest.IsValid() && len(args) > 0 {
		return fmt.Errorf("unexpected argument %s", args[0])
	}
	for _, a := range args {
		p.rest.Set(reflect.Append(p.rest, reflect.ValueOf(a)))
	}
	return nil
}

// flag takes a flag, with its value from behind an equals sign or from the
// arguments that follow, which it returns without that.
func (p *flagParser) flag(arg string, args []string) ([]string, error) {
	name, text, has := strings.Cut(arg, "=")
	f, negated, err := p.find(name)
	switch {
	case err != nil:
		return nil, err
	case negated:
		text, has = strconv.FormatBool(false), true
	case !has && f.value.Kind() == reflect.Bool:
		text, has = strconv.FormatBool(true), true
	case !has && len(args) == 0:
		return nil, fmt.Errorf("--%s: expected a value", f.name)
	}
	if !has {
		text, args = args[0], args[1:]
	}
	if f.value.Kind() == reflect.Slice && !p.given[f.name] {
		f.value.SetZero()
	}
	p.given[f.name] = true
	return args, f.set(text)
}

func (p *flagParser) find(name string) (f flagField, negated bool, err error) {
	positive, no := strings.CutPrefix(name, "no-")
	for _, f := range p.flags {
		if f.name == name {
			return f, false, nil
		}
		if no && f.negatable && f.name == positive {
			return f, true, nil
		}
	}
	return f, false, fmt.Errorf("unknown flag --%s", name)
}

// set reads a text into the field.
func (f flagField) set(text string) error {
	if f.enum != nil && !slices.Contains(f.enum, text) {
		return fmt.Errorf("--%s must be one of %s but got %q", f.name, strings.Join(f.enum, ","), text)
	}
	var err error
	switch v := f.value; at := v.Addr().Interface().(type) {
	case *string:
		*at = text
	case *[]string:
		if f.whole {
			*at = append(*at, text)
		} else {
			*at = append(*at, strings.Split(text, ",")...)
		}
	case *bool:
		*at, err = strconv.ParseBool(text)
	case *int:
		*at, err = strconv.Atoi(text)
	case *float64:
		*at, err = strconv.ParseFloat(text, 64)
	case *time.Duration:
		*at, err = time.ParseDuration(text)
	default:
		err = errors.New("a flag of a kind that is not known")
	}
	if err != nil {
		return fmt.Errorf("--%s: %w", f.name, err)
	}
	return nil
}
