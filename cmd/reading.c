#include "reading.h"

#include "progress.h"

void
voc_reading_options(VocReadOptions *options, GArray *entries)
{
    voc_option(entries, "format", 'f', G_OPTION_ARG_STRING, &options->format,
               N_("What the exports are, instead of being told from their content"), N_("NAME"));
    voc_option(entries, "map", 'm', G_OPTION_ARG_STRING_ARRAY, &options->map,
               N_("Which column is what: text='Open answer',time=Date"), N_("FIELD=COLUMN,..."));
    voc_option(entries, "scale", 0, G_OPTION_ARG_STRING_ARRAY, &options->scale,
               N_("A rating's worst and best value: stars=5..1 when 1 is best"), N_("RATING=WORST..BEST"));
    voc_option(entries, "delimiter", 'd', G_OPTION_ARG_STRING, &options->delimiter,
               N_("What stands between the cells of a table: a character, 'tab' or 'none'"), N_("CHARACTER"));
    voc_option(entries, "quote", 0, G_OPTION_ARG_STRING, &options->quote,
               N_("What stands around cells: a character or 'none'"), N_("CHARACTER"));
    voc_option(entries, "no-header", 0, G_OPTION_ARG_NONE, &options->no_header,
               N_("The first row of a table is a message"), NULL);
    voc_option(entries, "charset", 0, G_OPTION_ARG_STRING, &options->charset,
               N_("What the text is written in"), N_("NAME"));
    voc_option(entries, "date-order", 0, G_OPTION_ARG_STRING, &options->date_order,
               N_("How dates in numbers are written"), N_("dmy|mdy|ymd"));
    voc_option(entries, "timezone", 0, G_OPTION_ARG_STRING, &options->timezone,
               N_("Where times are local (default: Europe/Helsinki)"), N_("ZONE"));
    voc_option(entries, "agent", 0, G_OPTION_ARG_STRING_ARRAY, &options->agent,
               N_("Names under which the company's own people speak in chats and calls"), N_("NAME"));
    voc_option(entries, "own", 0, G_OPTION_ARG_STRING_ARRAY, &options->own,
               N_("Mail addresses and domains of the company's own people: @company.fi"), N_("ADDRESS"));
    voc_option(entries, "channel", 0, G_OPTION_ARG_STRING, &options->channel,
               N_("The channel of all messages: survey, review, ticket, chat ..."), N_("NAME"));
}

void
voc_reading_options_clear(VocReadOptions *options)
{
    g_free(options->format);
    g_strfreev(options->map);
    g_strfreev(options->scale);
    g_free(options->delimiter);
    g_free(options->quote);
    g_free(options->charset);
    g_free(options->date_order);
    g_free(options->timezone);
    g_free(options->channel);
    g_strfreev(options->agent);
    g_strfreev(options->own);
}

static void
say(gpointer data, const char *text)
{
    voc_progress_hide();
    voc_program_say(data, "%s", text);
}

VocReader *
voc_reading_open(VocProgram *program, const VocReadOptions *options, char **operands, GError **error)
{
    VocReader *reader =
        voc_reader_new((const char *const *)operands, options, voc_context_data_dir(program->context), error);
    if (reader) {
        voc_reader_set_note(reader, say, program);
        voc_reader_set_eager(reader, program->line_buffered);
    }
    return reader;
}

static gboolean
next(void *reader, VocBlock *block)
{
    return voc_reader_next(reader, block);
}

VocSource
voc_reading_source(VocReader *reader)
{
    return (VocSource){next, reader};
}

static void
position(void *reader, guint64 *taken, guint64 *size)
{
    voc_reader_position(reader, taken, size);
}

void
voc_reading_progress(const VocProgram *program, VocReader *reader)
{
    voc_progress_start_with(program, position, reader);
}
