/* Usage: voaacenc RATE CHANNELS BITRATE ADTS <samples >stream
 *
 * Encodes samples of 16 bits, in the machine's byte order, to AAC with
 * libvo-aacenc. The test compiles it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vo-aacenc/voAAC.h>
#include <vo-aacenc/cmnMemory.h>

int main(int argc, char **argv)
{
	VO_AUDIO_CODECAPI api;
	VO_MEM_OPERATOR mem = { cmnMemAlloc, cmnMemFree, cmnMemSet, cmnMemCopy, cmnMemCheck };
	VO_CODEC_INIT_USERDATA user = { VO_IMF_USERMEMOPERATOR, &mem };
	VO_HANDLE handle;
	AACENC_PARAM p;
	VO_CODECBUFFER in, out;
	VO_AUDIO_OUTPUTINFO info;
	static unsigned char pcm[2 * 2 * 1024], coded[20480];
	size_t size;

	if (argc != 5)
		return 2;
	memset(&p, 0, sizeof p);
	p.sampleRate = atoi(argv[1]);
	p.nChannels = atoi(argv[2]);
	p.bitRate = atoi(argv[3]);
	p.adtsUsed = atoi(argv[4]);
	voGetAACEncAPI(&api);
	if (api.Init(&handle, VO_AUDIO_CodingAAC, &user) || api.SetParam(handle, VO_PID_AAC_ENCPARAM, &p))
		return 1;
	size = 2 * p.nChannels * 1024;
	while (fread(pcm, 1, size, stdin) == size) {
		memset(&in, 0, sizeof in);
		memset(&out, 0, sizeof out);
		in.Buffer = pcm;
		in.Length = size;
		api.SetInputData(handle, &in);
		out.Buffer = coded;
		out.Length = sizeof coded;
		if (api.GetOutputData(handle, &out, &info))
			return 1;
		fwrite(coded, 1, out.Length, stdout);
	}
	api.Uninit(handle);
	return 0;
}
