/* The panel: 240x320 pixels of 5:6:5 bits. */
#ifndef PANEL_H
#define PANEL_H

/* Shows the splash, which is linked in as runs of pixels. */
void panel_splash(void);

#endif
