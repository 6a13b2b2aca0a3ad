/* bare-gmime FILE: GMime's loop over an mbox and nothing else: each mail is taken apart and forgotten. */
#include <gmime/gmime.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
    GMimeStream *stream;
    GMimeParser *parser;
    int n = 0;

    g_mime_init();
    stream = argc == 2 ? g_mime_stream_file_open(argv[1], "r", NULL) : NULL;
    if (!stream)
        return 2;
    parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
    while (!g_mime_parser_eos(parser)) {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

        if (!message)
            break;
        n++;
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    printf("%d\n", n);
    return 0;
}
