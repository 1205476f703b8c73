package main

// The code words of ISO/IEC 14496-3 tables 4.A.1 to 4.A.12, as length and
// value in hexadecimal, by index: the first digit is the length, of 16 as g, of
// 17 to 19 as h to j.

// scaleWords are the code words of the differences of scale factors, -60 to 60.
const scaleWords = "" +
	"i3ffe8 i3ffe6 i3ffe7 i3ffe5 j7fff5 j7fff1 j7ffed j7fff6 j7ffee j7ffef j7fff0 j7fffc j7fffd j7ffff j7fffe j7fff7 " +
	"j7fff8 j7fffb j7fff9 i3ffe4 j7fffa i3ffe3 h1ffef h1fff0 gfff5 h1ffee gfff2 gfff3 gfff4 gfff1 f7ff6 f7ff7 " +
	"e3ff9 e3ff5 e3ff7 e3ff3 e3ff6 e3ff2 d1ff7 d1ff5 cff9 cff7 cff6 b7f9 cff4 b7f8 a3f9 a3f7 " +
	"a3f5 91f8 91f7 8fa 8f8 8f6 779 63a 638 51a 4b 34 10 4a 4c 51b " +
	"639 63b 778 77a 8f7 8f9 91f6 91f9 a3f4 a3f6 a3f8 b7f5 b7f4 b7f6 b7f7 cff5 " +
	"cff8 d1ff4 d1ff6 d1ff8 e3ff8 e3ff4 gfff0 f7ff4 gfff6 f7ff5 i3ffe2 j7ffd9 j7ffda j7ffdb j7ffdc j7ffdd " +
	"j7ffde j7ffd8 j7ffd2 j7ffd3 j7ffd4 j7ffd5 j7ffd6 j7fff2 j7ffdf j7ffe7 j7ffe8 j7ffe9 j7ffea j7ffeb j7ffe6 j7ffe0 " +
	"j7ffe1 j7ffe2 j7ffe3 j7ffe4 j7ffe5 j7ffd7 j7ffec j7fff4 j7fff3"

// bookWords are those of the spectral codebooks 1 to 11.
var bookWords = [12]string{
	1: "" +
		"b7f8 91f1 b7fd a3f5 768 a3f0 b7f7 91ec b7f5 a3f1 772 a3f4 774 511 776 91eb 76c a3f6 " +
		"b7fc 91e1 b7f1 91f0 761 91f6 b7f2 91ea b7fb 91f2 769 91ed 777 517 76f 91e6 764 91e5 " +
		"767 515 762 512 10 514 765 516 76d 91e9 763 91e4 76b 513 771 91e3 770 91f3 " +
		"b7fe 91e7 b7f3 91ef 760 91ee b7f0 91e2 b7fa a3f3 76a 91e8 775 510 773 91f4 76e a3f7 " +
		"b7f6 91e0 b7f9 a3f2 766 91f5 b7ff 91f7 b7f4",
	2: "" +
		"91f3 76f 91fd 8eb 623 8ea 91f7 8e8 91fa 8f2 62d 770 620 56 62b 76e 628 8e9 " +
		"91f9 766 8f8 8e7 61b 8f1 91f4 76b 91f5 8ec 62a 76c 62c 5a 627 767 61a 8f5 " +
		"624 58 61f 59 30 57 61d 5b 630 8ef 61c 764 61e 5c 629 8f3 62f 8f0 " +
		"91fc 771 91f2 8f4 621 8e6 8f7 768 91f8 8ee 622 765 631 42 626 8ed 625 76a " +
		"91fb 772 91fe 769 62e 8f6 91ff 76d 91f6",
	3: "" +
		"10 49 8ef 4b 519 8f0 91eb 91e6 a3f2 4a 635 91ef 634 637 91e9 91ed 91e7 a3f3 " +
		"91ee a3ed d1ffa 91ec 91f2 b7f9 b7f8 a3f8 cff8 48 638 a3f6 636 775 a3f1 a3eb a3ec cff4 " +
		"518 776 b7f4 639 774 a3ef 91f3 91f4 b7f6 91e8 a3ea d1ffc 8f2 91f1 cffb a3f5 b7f3 cffc " +
		"8ee a3f7 f7ffe 91f0 b7f5 f7ffd d1ffb e3ffa gffff 8f1 a3f0 e3ffc 91ea a3ee e3ffb cff6 cffa f7ffc " +
		"b7f2 cff5 gfffe a3f4 b7f7 f7ffb cff7 cff9 f7ffa",
	4: "" +
		"47 516 8f6 518 48 8ef 91ef 8f3 b7f8 519 517 8ed 515 41 8e2 8f0 770 a3f0 " +
		"91ee 8f1 b7fa 8ee 8e4 a3f2 b7f6 a3ef b7fd 45 514 8f2 49 44 8e5 8f4 8e8 a3f4 " +
		"46 42 8e7 43 40 76b 8e3 769 91f3 8eb 8e6 a3f6 76e 76a 91f4 a3ec 91f0 a3f9 " +
		"8f5 8ec b7fb 8ea 76f a3f7 b7f9 a3f3 cfff 8e9 76d a3f8 76c 768 91f5 a3ee 91f2 b7f4 " +
		"b7f7 a3f1 cffe a3ed 91f1 b7f5 b7fe a3f5 b7fc",
	5: "" +
		"d1fff cff7 b7f4 b7e8 a3f1 b7ee b7f9 cff8 d1ffd cffd b7f1 a3e8 91e8 8f0 91ec a3ee b7f2 cffa " +
		"cff4 a3ef 91f2 8e8 770 8ec 91f0 a3ea b7f3 b7eb 91eb 8ea 51a 48 519 8ee 91ef b7ed " +
		"a3f0 8f2 773 4b 10 4a 771 8f3 b7e9 b7ef 91ee 8ef 518 49 51b 8eb 91e9 b7ec " +
		"b7f6 a3eb 91f3 8ed 772 8e9 91f1 a3ed b7f7 cff6 b7f0 a3e9 91ed 8f1 91ea a3ec b7f8 cff9 " +
		"d1ffc cffc cff5 b7ea a3f3 a3f2 b7f5 cffb d1ffe",
	6: "" +
		"b7fe a3fd 91f1 91eb 91f4 91ea 91f0 a3fc b7fd a3f6 91e5 8ea 76c 771 768 8f0 91e6 a3f7 " +
		"91f3 8ef 632 627 628 626 631 8eb 91f7 91e8 76f 62e 48 44 46 629 76b 91ee " +
		"91ef 772 62d 42 40 43 62f 773 91fa 91e7 76e 62b 47 41 45 62c 76d 91ec " +
		"91f9 8ee 630 624 62a 625 633 8ec 91f2 a3f8 91e4 8ed 76a 770 769 774 8f1 a3fa " +
		"b7ff a3f9 91f6 91ed 91f8 91e9 91f5 a3fb b7fc",
	7: "" +
		"10 35 637 774 8f2 91eb a3ed b7f7 34 4c 635 771 8ec 8ee 91ee 91f5 " +
		"636 634 772 8ea 8f1 91e9 91f3 a3f5 773 770 8eb 8f0 91f1 91f0 a3ec a3fa " +
		"8f3 8ed 91e8 91ef a3ef a3f1 a3f9 b7fb 91ed 8ef 91ea 91f2 a3f3 a3f8 b7f9 b7fc " +
		"a3ee 91ec 91f4 a3f4 a3f7 b7f8 cffd cffe b7f6 a3f0 a3f2 a3f6 b7fa b7fd cffc cfff",
	8: "" +
		"5e 45 510 630 76f 8f1 91fa a3fe 43 30 44 512 62c 76a 775 8f8 " +
		"5f 42 46 514 62e 769 772 8f5 62f 511 513 62a 632 76c 8ec 8fa " +
		"771 62b 62d 631 76d 770 8f2 91f9 8ef 768 633 76b 76e 8ee 8f9 a3fc " +
		"91f8 774 773 8ed 8f0 8f6 91f6 91fd a3fd 8f3 8f4 8f7 91f7 91fb 91fc a3ff",
	9: "" +
		"10 35 637 8e7 91de a3ce a3d9 b7c8 b7cd cfc8 cfdd d1fe4 d1fec 34 4c 635 " +
		"772 8ea 8ed 91e2 a3d1 a3d3 a3e0 b7d8 cfcf cfd5 636 634 771 8e8 8ec 91e1 " +
		"a3cf a3dd a3db b7d0 cfc7 cfd4 cfe4 8e6 770 8e9 91dd 91e3 a3d2 a3dc b7cc b7ca " +
		"b7de cfd8 cfea d1fdb 91df 8eb 91dc 91e6 a3d5 a3de b7cb b7dd b7dc cfcd cfe2 cfe7 " +
		"d1fe1 a3d0 91e0 91e4 a3d6 b7c5 b7d1 b7db cfd2 b7e0 cfd9 cfeb d1fe3 d1fe9 b7c4 91e5 " +
		"a3d7 b7c6 b7cf b7da cfcb cfda cfe3 cfe9 d1fe6 d1ff3 d1ff7 b7d3 a3d8 a3e1 b7d4 b7d9 " +
		"cfd3 cfde d1fdd d1fd9 d1fe2 d1fea d1ff1 d1ff6 b7d2 a3d4 a3da b7c7 b7d7 b7e2 cfce cfdb " +
		"d1fd8 d1fee e3ff0 d1ff4 e3ff2 b7e1 a3df b7c9 b7d6 cfca cfd0 cfe5 cfe6 d1feb d1fef e3ff3 " +
		"e3ff4 e3ff5 cfe0 b7ce b7d5 cfc6 cfd1 cfe1 d1fe0 d1fe8 d1ff0 e3ff1 e3ff8 e3ff6 f7ffc cfe8 " +
		"b7df cfc9 cfd7 cfdc d1fdc d1fdf d1fed d1ff5 e3ff9 e3ffb f7ffd f7ffe d1fe7 cfcc cfd6 cfdf " +
		"d1fde d1fda d1fe5 d1ff2 e3ffa e3ff7 e3ffc e3ffd f7fff",
	10: "" +
		"622 58 61d 626 75f 8d3 91cf a3d0 a3d7 a3ed b7f0 b7f6 cffd 57 40 41 " +
		"59 620 754 760 8d5 8dc 91d4 a3cd a3de b7e7 61c 42 56 5c 61e 628 " +
		"75b 8cd 8d9 91ce 91dc a3d9 a3f1 625 5b 5a 5d 624 757 761 8cc 8dd " +
		"91cc 91de a3d3 a3e7 75d 621 61f 623 627 759 764 8d8 8df 91d2 91e2 a3dd " +
		"a3ee 8d1 755 629 756 758 762 8ce 8e0 8e2 91da a3d4 a3e3 b7eb 91c9 75e " +
		"75a 75c 763 8ca 8da 91c7 91ca 91e0 a3db a3e8 b7ec 91e3 8d2 8cb 8d0 8d7 " +
		"8db 91c6 91d5 91d8 a3ca a3da b7ea b7f1 91e1 8d4 8cf 8d6 8de 8e1 91d0 91d6 " +
		"a3d1 a3d5 a3f2 b7ee b7fb a3e9 91cd 91c8 91cb 91d1 91d7 91df a3cf a3e0 a3ef b7e6 " +
		"b7f8 cffa a3eb 91dd 91d3 91d9 91db a3d2 a3cc a3dc a3ea b7ed b7f3 b7f9 cff9 b7f2 " +
		"a3ce 91e4 a3cb a3d8 a3d6 a3e2 a3e5 b7e8 b7f4 b7f5 b7f7 cffb b7fa a3ec a3df a3e1 " +
		"a3e4 a3e6 a3f0 b7e9 b7ef cff8 cffe cffc cfff",
	11: "" +
		"40 56 619 73d 89c 8c6 91a7 a390 a3c2 a3df b7e6 b7f3 cffb b7ec cffa cffe " +
		"a38e 55 41 58 614 737 742 892 8af 9191 91a5 91b5 a39e a3c0 a3a2 a3cd " +
		"b7d6 8ae 617 57 59 618 739 740 88e 8a3 8b8 9199 91ac 91c1 a3b1 a396 " +
		"a3be a3ca 89d 73c 615 616 61a 73b 744 891 8a5 8be 9196 91ae 91b9 a3a1 " +
		"a391 a3a5 a3d5 894 89a 736 738 73a 741 88c 89b 8b0 8c3 919e 91ab 91bc " +
		"a39f a38f a3a9 a3cf 893 8bf 73e 73f 743 745 89e 8a7 8b9 9194 91a2 91ba " +
		"91c3 a3a6 a3a7 a3bb a3d4 89f 91a0 88f 88d 890 898 8a6 8b6 8c4 919f 91af " +
		"91bf a399 a3bf a3b4 a3c9 a3e7 8a8 91b6 8ab 8a4 8aa 8b2 8c2 8c5 9198 91a4 " +
		"91b8 a38c a3a4 a3c4 a3c6 a3dd a3e8 8ad a3af 9192 8bd 8bc 918e 9197 919a 91a3 " +
		"91b1 a38d a398 a3b7 a3d3 a3d1 a3db b7dd 8b4 a3de 91a9 919b 919c 91a1 91aa 91ad " +
		"91b3 a38b a3b2 a3b8 a3ce a3e1 a3e0 b7d2 b7e5 8b7 b7e3 91bb 91a8 91a6 91b0 91b2 " +
		"91b7 a39b a39a a3ba a3b5 a3d6 b7d7 a3e4 b7d8 b7ea 8ba b7e8 a3a0 91bd 91b4 a38a " +
		"91c4 a392 a3aa a3b0 a3bc a3d7 b7d4 b7dc b7db b7d5 b7f0 8c1 b7fb a3c8 a3a3 a395 " +
		"a39d a3ac a3ae a3c5 a3d8 a3e2 a3e6 b7e4 b7e7 b7e0 b7e9 b7f7 9190 b7f2 a393 91be " +
		"91c0 a394 a397 a3ad a3c3 a3c1 a3d2 b7da b7d9 b7df b7eb b7f4 b7fa 9195 b7f8 a3bd " +
		"a39c a3ab a3a8 a3b3 a3b9 a3d0 a3e3 a3e5 b7e2 b7de b7ed b7f1 b7f9 b7fc 9193 cffd " +
		"a3dc a3b6 a3c7 a3cc a3cb a3d9 a3da b7d3 b7e1 b7ee b7ef b7f5 b7f6 cffc cfff 919d " +
		"91c2 8b5 8a1 896 897 895 899 8a0 8a2 8ac 8a9 8b1 8b3 8bb 8c0 918f " +
		"54",
}
