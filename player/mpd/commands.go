package mpd

import (
	"maps"
	"slices"
)

// A command is one of the protocol's.
type command struct {
	needs       Permissions
	least, most int // arguments; most below 0 is any number
	do          func(c *client, args []string) error
	why         string // there is no do
}

// Reasons why a command of the protocol is answered with an error.
const (
	whyPartition   = "there is one player, and one partition"
	whyMount       = "the appliance mounts what is plugged in; clients do not"
	whyFingerprint = "fingerprints are not computed"
	whyKill        = "the player is ended by who started it"
	whyConfig      = "only for clients on this machine"
)

// makeCommands is every command of protocol 0.23.
func makeCommands() map[string]command {
	return map[string]command{
		// Asking how it stands.
		"clearerror":  {Control, 0, 0, (*client).clearError, ""},
		"currentsong": {Read, 0, 0, (*client).currentSong, ""},
		"idle":        {Read, 0, -1, nil, "idle is not allowed in a command list"},
		"status":      {Read, 0, 0, (*client).status, ""},
		"stats":       {Read, 0, 0, (*client).stats, ""},

		// How it plays.
		"consume":            {Control, 1, 1, (*client).consume, ""},
		"crossfade":          {Control, 1, 1, (*client).crossfade, ""},
		"mixrampdb":          {Control, 1, 1, (*client).mixRampDB, ""},
		"mixrampdelay":       {Control, 1, 1, (*client).mixRampDelay, ""},
		"random":             {Control, 1, 1, (*client).random, ""},
		"repeat":             {Control, 1, 1, (*client).repeat, ""},
		"setvol":             {Control, 1, 1, (*client).setVolume, ""},
		"getvol":             {Read, 0, 0, (*client).getVolume, ""},
		"single":             {Control, 1, 1, (*client).single, ""},
		"replay_gain_mode":   {Control, 1, 1, (*client).replayGainMode, ""},
		"replay_gain_status": {Read, 0, 0, (*client).replayGainStatus, ""},
		"volume":             {Control, 1, 1, (*client).changeVolume, ""},

		// Playing.
		"next":     {Control, 0, 0, (*client).next, ""},
		"pause":    {Control, 0, 1, (*client).pause, ""},
		"play":     {Control, 0, 1, (*client).play, ""},
		"playid":   {Control, 0, 1, (*client).playID, ""},
		"previous": {Control, 0, 0, (*client).previous, ""},
		"seek":     {Control, 2, 2, (*client).seek, ""},
		"seekid":   {Control, 2, 2, (*client).seekID, ""},
		"seekcur":  {Control, 1, 1, (*client).seekCurrent, ""},
		"stop":     {Control, 0, 0, (*client).stop, ""},

		// The queue.
		"add":            {Add, 1, 2, (*client).add, ""},
		"addid":          {Add, 1, 2, (*client).addID, ""},
		"clear":          {Control, 0, 0, (*client).clear, ""},
		"delete":         {Control, 1, 1, (*client).delete, ""},
		"deleteid":       {Control, 1, 1, (*client).deleteID, ""},
		"move":           {Control, 2, 2, (*client).move, ""},
		"moveid":         {Control, 2, 2, (*client).moveID, ""},
		"playlist":       {Read, 0, 0, (*client).playlist, ""},
		"playlistfind":   {Read, 1, -1, (*client).playlistFind, ""},
		"playlistid":     {Read, 0, 1, (*client).playlistID, ""},
		"playlistinfo":   {Read, 0, 1, (*client).playlistInfo, ""},
		"playlistsearch": {Read, 1, -1, (*client).playlistSearch, ""},
		"plchanges":      {Read, 1, 2, (*client).changes, ""},
		"plchangesposid": {Read, 1, 2, (*client).changesPosID, ""},
		"prio":           {Control, 2, -1, (*client).priority, ""},
		"prioid":         {Control, 2, -1, (*client).priorityID, ""},
		"rangeid":        {Add, 2, 2, (*client).rangeID, ""},
		"shuffle":        {Control, 0, 1, (*client).shuffle, ""},
		"swap":           {Control, 2, 2, (*client).swap, ""},
		"swapid":         {Control, 2, 2, (*client).swapID, ""},
		"addtagid":       {Add, 3, 3, (*client).editTags, ""},
		"cleartagid":     {Add, 1, 2, (*client).editTags, ""},

		// Stored playlists.
		"listplaylist":     {Read, 1, 1, (*client).listPlaylist, ""},
		"listplaylistinfo": {Read, 1, 1, (*client).listPlaylistInfo, ""},
		"listplaylists":    {Read, 0, 0, (*client).listPlaylists, ""},
		"load":             {Add, 1, 3, (*client).load, ""},
		"playlistadd":      {Control, 2, 3, (*client).playlistAdd, ""},
		"playlistclear":    {Control, 1, 1, (*client).playlistClear, ""},
		"playlistdelete":   {Control, 2, 2, (*client).playlistDelete, ""},
		"playlistmove":     {Control, 3, 3, (*client).playlistMove, ""},
		"rename":           {Control, 2, 2, (*client).rename, ""},
		"rm":               {Control, 1, 1, (*client).remove, ""},
		"save":             {Control, 1, 1, (*client).save, ""},

		// The library.
		"albumart":       {Read, 2, 2, (*client).albumArt, ""},
		"count":          {Read, 1, -1, (*client).count, ""},
		"getfingerprint": {Read, 1, 1, nil, whyFingerprint},
		"find":           {Read, 1, -1, (*client).find, ""},
		"findadd":        {Add, 1, -1, (*client).findAdd, ""},
		"list":           {Read, 1, -1, (*client).list2, ""},
		"listall":        {Read, 0, 1, (*client).listAll, ""},
		"listallinfo":    {Read, 0, 1, (*client).listAllInfo, ""},
		"listfiles":      {Read, 0, 1, (*client).listFiles, ""},
		"lsinfo":         {Read, 0, 1, (*client).lsInfo, ""},
		"readcomments":   {Read, 1, 1, (*client).readComments, ""},
		"readpicture":    {Read, 2, 2, (*client).readPicture, ""},
		"search":         {Read, 1, -1, (*client).search, ""},
		"searchadd":      {Add, 1, -1, (*client).searchAdd, ""},
		"searchaddpl":    {Control, 2, -1, (*client).searchAddPlaylist, ""},
		"searchcount":    {Read, 1, -1, (*client).searchCount, ""},
		"update":         {Control, 0, 1, (*client).update, ""},
		"rescan":         {Control, 0, 1, (*client).update, ""},

		// Media.
		"mount":         {Admin, 0, 2, nil, whyMount},
		"unmount":       {Admin, 1, 1, nil, whyMount},
		"listmounts":    {Read, 0, 0, (*client).listMounts, ""},
		"listneighbors": {Read, 0, 0, nil, "No neighbor plugin configured"},

		// Notes on songs.
		"sticker": {Control, 3, -1, (*client).sticker, ""},

		// The connection.
		"close":       {0, 0, -1, func(*client, []string) error { return errClosed }, ""},
		"kill":        {Admin, 0, -1, nil, whyKill},
		"password":    {0, 1, 1, (*client).password, ""},
		"ping":        {0, 0, 0, func(*client, []string) error { return nil }, ""},
		"binarylimit": {0, 1, 1, (*client).binaryLimit, ""},
		"tagtypes":    {0, 0, -1, (*client).tagTypes, ""},

		// Partitions.
		"partition":      {Read, 1, 1, (*client).partition, ""},
		"listpartitions": {Read, 0, 0, (*client).listPartitions, ""},
		"newpartition":   {Admin, 1, 1, nil, whyPartition},
		"delpartition":   {Admin, 1, 1, nil, whyPartition},
		"moveoutput":     {Admin, 1, 1, nil, whyPartition},

		// Outputs.
		"disableoutput": {Admin, 1, 1, (*client).disableOutput, ""},
		"enableoutput":  {Admin, 1, 1, (*client).enableOutput, ""},
		"outputs":       {Read, 0, 0, (*client).outputs, ""},
		"outputset":     {Admin, 3, 3, (*client).outputSet, ""},
		"toggleoutput":  {Admin, 1, 1, (*client).toggleOutput, ""},

		// What the server can do.
		"config":      {Admin, 0, 0, nil, whyConfig},
		"decoders":    {Read, 0, 0, (*client).decoders, ""},
		"urlhandlers": {Read, 0, 0, func(*client, []string) error { return nil }, ""},

		// Between clients.
		"channels":     {Read, 0, 0, (*client).listChannels, ""},
		"readmessages": {Read, 0, 0, (*client).readMessages, ""},
		"sendmessage":  {Control, 2, 2, (*client).sendMessage, ""},
		"subscribe":    {Read, 1, 1, (*client).subscribe, ""},
		"unsubscribe":  {Read, 1, 1, (*client).unsubscribe, ""},

		"commands":    {0, 0, 0, func(c *client, _ []string) error { return c.listCommands(true) }, ""},
		"notcommands": {0, 0, 0, func(c *client, _ []string) error { return c.listCommands(false) }, ""},
	}
}

// commandNames are all that there are, in order.
func commandNames(table map[string]command) []string { return slices.Sorted(maps.Keys(table)) }

// listCommands lists what the client may do, or may not.
func (c *client) listCommands(may bool) error {
	for _, name := range commandNames(c.s.table) {
		cmd := c.s.table[name]
		done := cmd.do != nil || name == "idle"
		if done && (c.may&cmd.needs == cmd.needs) == may {
			c.say("command", name)
		}
	}
	return nil
}
