/* voc weekly: what a run says, and the mail. */
#include <gio/gio.h>

#include "facts.h"
#include "weekly.h"

/* In the ledger: the last period whose report was mailed. */
#define MAIL_SENT "mail.sent"

/* Files and reports named one by one; beyond that their number is said. */
#define NAMED 12

static const VocWeeklyReport *
newest_report(const VocWeekly *weekly)
{
    return weekly->reports && weekly->reports->len
               ? g_ptr_array_index(weekly->reports, weekly->reports->len - 1)
               : NULL;
}

static gboolean
is_newest(const VocWeekly *weekly, const VocWeeklyReport *report)
{
    g_autofree char *label = voc_period_label(&weekly->newest);
    return report && strcmp(report->label, label) == 0;
}

static void
tell_messages(const VocWeekly *weekly, VocPhrase *phrase, VocBuffer *out)
{
    const VocStoreCounts *counts = &weekly->counts;
    gint64 n = (gint64)counts->added, files = weekly->files->len;
    if (!files) {
        voc_buffer_add_printf(out, "%s\n", voc_say("Nothing new in the sources."));
        return;
    }
    voc_buffer_add_string(out,
                          voc_phrase_printf(phrase, voc_say_n("%s file read: ", "%s files read: ", files),
                                            voc_phrase_int(phrase, files)));
    voc_buffer_add_string(out, voc_phrase_printf(phrase, voc_say_n("%s new message", "%s new messages", n),
                                                 voc_phrase_int(phrase, n)));
    n = (gint64)counts->changed;
    if (n)
        voc_buffer_add_string(out, voc_phrase_printf(phrase, voc_say_n(", %s changed", ", %s changed", n),
                                                     voc_phrase_int(phrase, n)));
    n = (gint64)(counts->known + counts->updated);
    if (n)
        voc_buffer_add_string(out, voc_phrase_printf(phrase,
                                                     voc_say_n(", %s known already", ", %s known already", n),
                                                     voc_phrase_int(phrase, n)));
    voc_buffer_add_literal(out, ".\n");
    if (weekly->undated)
        voc_buffer_add_string(
            out,
            voc_phrase_printf(phrase,
                              voc_say_n("%s message has no time and is in no report.\n",
                                        "%s messages have no time and are in no report.\n", weekly->undated),
                              voc_phrase_int(phrase, weekly->undated)));
}

static void
tell_problems(const VocWeekly *weekly, VocPhrase *phrase, VocBuffer *out)
{
    guint told = 0, more = 0;
    for (guint i = 0; i < weekly->files->len; i++) {
        const VocWeeklyFile *file = g_ptr_array_index(weekly->files, i);
        if (!file->reason)
            continue;
        if (told++ >= NAMED) {
            more++;
        } else if (file->failed) {
            voc_buffer_add_printf(out, voc_say("Could not be read, and is tried again next time: %s: %s\n"),
                                  file->path, file->reason);
        } else {
            voc_buffer_add_printf(out,
                                  voc_say_n("%s: %s message could not be read: %s\n",
                                            "%s: %s messages could not be read; the first: %s\n",
                                            file->now.rejected),
                                  file->path, voc_phrase_int(phrase, file->now.rejected), file->reason);
        }
    }
    if (more)
        voc_buffer_add_string(out, voc_phrase_printf(phrase,
                                                     voc_say_n("%s more file had something wrong.\n",
                                                               "%s more files had something wrong.\n", more),
                                                     voc_phrase_int(phrase, more)));
    for (guint i = 0; i < MIN(weekly->notes->len, NAMED); i++)
        voc_buffer_add_printf(out, "%s\n", (const char *)g_ptr_array_index(weekly->notes, i));
}

static void
tell_themes(const VocWeekly *weekly, VocBuffer *out)
{
    VocLang lang = strcmp(weekly->config->lang, "fi") == 0 ? VOC_LANG_FI : VOC_LANG_EN;
    const GPtrArray *themes = weekly->themes->themes;
    for (guint i = themes->len - weekly->new_themes; i < themes->len; i++)
        voc_buffer_add_printf(out, voc_say("New theme: %s (in %s)\n"),
                              voc_theme_name(g_ptr_array_index(themes, i), lang), weekly->config->themes);
}

static void
tell_reports(const VocWeekly *weekly, VocBuffer *out)
{
    g_autoptr(GString) earlier = g_string_new(NULL);
    for (guint i = 0; weekly->reports && i < weekly->reports->len; i++) {
        const VocWeeklyReport *report = g_ptr_array_index(weekly->reports, i);
        gboolean newest = is_newest(weekly, report);
        if (report->written && !newest)
            g_string_append_printf(earlier, "%s%s", earlier->len ? ", " : "", report->label);
        for (guint k = 0; report->written && newest && k < report->paths->len; k++)
            voc_buffer_add_printf(out, voc_say("Report: %s\n"),
                                  (const char *)g_ptr_array_index(report->paths, k));
    }
    if (earlier->len)
        voc_buffer_add_printf(out, voc_say("Earlier reports that are new or changed: %s\n"), earlier->str);
    if (weekly->mailed)
        voc_buffer_add_printf(out, voc_say("Mailed to %s\n"), weekly->config->to);
}

/* Names of files come from strangers: nothing of them may steer a terminal or a mail program. */
static gboolean
write_plain(VocWeekly *weekly, VocBuffer *text, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text->data, (gssize)text->len);
    for (char *at = valid; *at; at++)
        if (((guchar)*at < 0x20 && *at != '\n') || *at == 0x7f)
            *at = '?';
    return voc_output_write(weekly->program->out, voc_slice_from_string(valid), error);
}

static gboolean
note_told(VocWeekly *weekly, GError **error)
{
    g_autofree char *label = weekly->newest.days ? voc_period_label(&weekly->newest) : NULL;
    return !weekly->fresh || !label || voc_ledger_set(weekly->store, VOC_WEEKLY_TOLD, label, error);
}

gboolean
voc_weekly_tell(VocWeekly *weekly, gboolean alert_only, GError **error)
{
    g_auto(VocPhrase) phrase = {0};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    const VocWeeklyReport *report = newest_report(weekly);
    gboolean news = is_newest(weekly, report) && (weekly->fresh || report->written);
    if (weekly->program->quiet || (alert_only && !(news && weekly->alert)))
        return note_told(weekly, error);
    if (!voc_week_phrase(&phrase, weekly->config->lang, error))
        return FALSE;
    if (news) {
        voc_buffer_add_slice(&out, voc_buffer_slice(&weekly->digest));
        voc_buffer_add_char(&out, '\n');
    }
    tell_messages(weekly, &phrase, &out);
    tell_problems(weekly, &phrase, &out);
    tell_themes(weekly, &out);
    tell_reports(weekly, &out);
    return write_plain(weekly, &out, error) && voc_output_flush(weekly->program->out, error) &&
           note_told(weekly, error);
}

gboolean
voc_weekly_tell_plan(VocWeekly *weekly, GError **error)
{
    g_auto(VocPhrase) phrase = {0};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    if (!voc_week_phrase(&phrase, weekly->config->lang, error))
        return FALSE;
    for (guint i = 0; i < weekly->files->len; i++) {
        const VocWeeklyFile *file = g_ptr_array_index(weekly->files, i);
        voc_buffer_add_printf(&out,
                              file->changed ? voc_say("Would read again, it has changed: %s\n")
                                            : voc_say("Would read: %s\n"),
                              file->path);
    }
    voc_buffer_add_string(
        &out,
        voc_phrase_printf(&phrase,
                          voc_say_n("%s file is as it was when it was read.\n",
                                    "%s files are as they were when they were read.\n", weekly->unchanged),
                          voc_phrase_int(&phrase, weekly->unchanged)));
    voc_buffer_add_printf(&out, voc_say("Would keep the messages in %s\n"), weekly->config->store);
    voc_buffer_add_printf(&out, voc_say("Would write reports to %s\n"), weekly->config->reports);
    if (weekly->config->sendmail)
        voc_buffer_add_printf(&out, voc_say("Would mail the newest to %s\n"), weekly->config->to);
    return write_plain(weekly, &out, error);
}

/* ---- mail ---- */

static gboolean
fail(GError **error, const char *command, const char *reason)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, _("%s: the mail could not be sent: %s"), command, reason);
    return FALSE;
}

static gboolean
send(const VocConfig *config, const char *path, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *text = NULL;
    gsize len = 0;
    g_autoptr(GError) problem = NULL;
    if (!g_shell_parse_argv(config->sendmail, NULL, &words, &problem) ||
        !g_file_get_contents(path, &text, &len, &problem))
        return fail(error, config->sendmail, problem->message);
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_steal_pointer(&text), len);
    g_autoptr(GSubprocess) child =
        g_subprocess_newv((const char *const *)words,
                          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &problem);
    if (!child)
        return fail(error, config->sendmail, problem->message);
    /* A program that does not read to the end may still have done its work: its exit code says. */
    if (!g_subprocess_communicate(child, bytes, NULL, NULL, NULL, &problem) &&
        (!g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ||
         !g_subprocess_wait(child, NULL, NULL)))
        return fail(error, config->sendmail, problem->message);
    return g_subprocess_get_successful(child) || fail(error, config->sendmail, _("it did not end well"));
}

gboolean
voc_weekly_mail(VocWeekly *weekly, GError **error)
{
    const VocConfig *config = weekly->config;
    g_autofree char *label = NULL, *sent = voc_ledger_get(weekly->store, MAIL_SENT, NULL);
    if (!config->sendmail || !weekly->newest.days)
        return TRUE;
    label = voc_period_label(&weekly->newest);
    g_autofree char *name = g_strconcat(label, voc_page_suffix(VOC_PAGE_MAIL), NULL);
    g_autofree char *path = g_build_filename(config->reports, name, NULL);
    /* A period's report is mailed once, also when late messages change it. */
    if (g_strcmp0(sent, label) == 0 || !g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    weekly->mailed = send(config, path, error) && voc_ledger_set(weekly->store, MAIL_SENT, label, error);
    return weekly->mailed;
}
