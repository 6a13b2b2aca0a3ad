/* bare-libcsv FILE: libcsv's parse of a table and nothing else: cells are counted. */
#include <csv.h>
#include <stdio.h>

static unsigned long n_cells, n_bytes;

static void
take_cell(void *cell, size_t len, void *data)
{
    (void)cell;
    (void)data;
    n_cells++;
    n_bytes += len;
}

int
main(int argc, char **argv)
{
    static char block[1 << 16];
    struct csv_parser parser;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t n;

    if (!file || csv_init(&parser, 0) != 0)
        return 2;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        if (csv_parse(&parser, block, n, take_cell, NULL, NULL) != n)
            return 1;
    csv_fini(&parser, take_cell, NULL, NULL);
    csv_free(&parser);
    fclose(file);
    printf("%lu cells, %lu bytes\n", n_cells, n_bytes);
    return 0;
}
