/* libexttextcat, told to take texts of any length; its first candidate counts. ARGUMENT is the list of
 * fingerprints, by default the package's own. */
#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detect.h"

#define FOLDER "/usr/share/libexttextcat/"

static void *handle;

void
detect_open(const char *argument)
{
    handle = special_textcat_Init(argument ? argument : FOLDER "fpdb.conf", FOLDER);
    if (!handle) {
        fprintf(stderr, "no fingerprints\n");
        exit(2);
    }
    textcat_SetProperty(handle, TCPROP_MINIMUM_DOCUMENT_SIZE, 0);
}

const char *
detect(const char *text, size_t len)
{
    static char code[16];
    const char *found = textcat_Classify(handle, text, len);
    if (found[0] != '[')
        return "und";
    snprintf(code, sizeof code, "%.*s", (int)strcspn(found + 1, "-]"), found + 1);
    return code;
}
