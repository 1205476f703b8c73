package mkv

// The identifiers of the elements that are looked at, with their length's
// marker, as RFC 9559 writes them.
const (
	idCRC32         = 0xbf
	idInfo          = 0x1549a966
	idScale         = 0x2ad7b1
	idDuration      = 0x4489
	idTracks        = 0x1654ae6b
	idTrackEntry    = 0xae
	idTrackNumber   = 0xd7
	idTrackUID      = 0x73c5
	idTrackType     = 0x83
	idCodecID       = 0x86
	idLanguage      = 0x22b59c
	idLanguageBCP47 = 0x22b59d
	idPrivate       = 0x63a2
	idCodecDelay    = 0x56aa
	idFrameTime     = 0x23e383 // DefaultDuration
	idVideo         = 0xe0
	idWidth         = 0xb0
	idHeight        = 0xba
	idShownWidth    = 0x54b0
	idShownHeight   = 0x54ba
	idShownUnit     = 0x54b2
	idAudio         = 0xe1
	idRate          = 0xb5
	idChannels      = 0x9f
	idBitDepth      = 0x6264
	idEncodings     = 0x6d80
	idEncoding      = 0x6240
	idScope         = 0x5032
	idEncryption    = 0x5035
	idCompression   = 0x5034
	idCompAlgo      = 0x4254
	idCompSetting   = 0x4255
	idTimestamp     = 0xe7
	idPosition      = 0xa7
	idPrevSize      = 0xab
	idSimpleBlock   = 0xa3
	idBlockGroup    = 0xa0
	idBlock         = 0xa1
	idReference     = 0xfb
	idBlockTime     = 0x9b // BlockDuration
	idDiscard       = 0x75a2
	idCues          = 0x1c53bb6b
	idCuePoint      = 0xbb
	idCueTime       = 0xb3
	idCueTrackPos   = 0xb7
	idCueTrack      = 0xf7
	idCueCluster    = 0xf1
)
