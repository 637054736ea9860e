/* Files whole or not at all: what is there before, during and after, and when the disk is full. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/output.h"

static char directory[64];

static int enter_directory(void **state) {
    strcpy(directory, "/tmp/onhold-output-XXXXXX");
    return mkdtemp(directory) == NULL || chdir(directory) != 0;
}

static int leave_directory(void **state) {
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    return chdir("/") != 0 || system(command) != 0;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void expect_content(const char *path, const char *expected) {
    char text[1000] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

/* Entries of the directory, so that a forgotten temporary file is seen. */
static int count_entries(const char *path) {
    int n = 0;
    DIR *entries = opendir(path);
    assert_non_null(entries);
    while (readdir(entries) != NULL)
        n++;
    closedir(entries);
    return n - 2;
}

static mode_t mode_of(const char *path) {
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode;
}

static void a_new_file_appears_at_commit(void **state) {
    mode_t mask = umask(027);
    struct oh_output *output = oh_output_open("new.json");
    umask(mask);
    assert_non_null(output);
    fputs("result", oh_output_stream(output));
    assert_int_equal(access("new.json", F_OK), -1);
    assert_true(oh_output_commit(output));
    expect_content("new.json", "result");
    assert_int_equal(mode_of("new.json") & 07777, 0640);
    assert_int_equal(count_entries("."), 1);
}

static void an_old_file_stays_until_commit_and_lends_its_permissions(void **state) {
    write_file("old.json", "old");
    chmod("old.json", 0604);
    struct oh_output *output = oh_output_open("old.json");
    fputs("new", oh_output_stream(output));
    fflush(oh_output_stream(output));
    expect_content("old.json", "old");
    assert_true(oh_output_commit(output));
    expect_content("old.json", "new");
    assert_int_equal(mode_of("old.json") & 07777, 0604);
    assert_int_equal(count_entries("."), 1);
}

static void an_abandoned_file_leaves_no_trace(void **state) {
    write_file("old.json", "old");
    struct oh_output *output = oh_output_open("old.json");
    fputs("new", oh_output_stream(output));
    oh_output_abandon(output);
    oh_output_abandon(NULL);
    expect_content("old.json", "old");
    assert_int_equal(count_entries("."), 1);
}

static void temporary_files_lie_beside_their_target(void **state) {
    assert_int_equal(mkdir("results", 0755), 0);
    struct oh_output *output = oh_output_open("results/a.csv");
    assert_int_equal(count_entries("results"), 1);
    assert_int_equal(count_entries("."), 1);
    oh_output_abandon(output);
    assert_int_equal(count_entries("results"), 0);
}

static void a_link_stays_and_its_file_is_replaced(void **state) {
    assert_int_equal(mkdir("results", 0755), 0);
    write_file("results/real.json", "old");
    assert_int_equal(symlink("results/real.json", "link.json"), 0);
    struct oh_output *output = oh_output_open("link.json");
    fputs("new", oh_output_stream(output));
    expect_content("results/real.json", "old");
    assert_true(oh_output_commit(output));
    assert_true(S_ISLNK(mode_of("link.json")));
    assert_true(S_ISREG(mode_of("results/real.json")));
    expect_content("results/real.json", "new");
    assert_int_equal(count_entries("results"), 1);
}

static void a_link_to_nowhere_makes_its_file(void **state) {
    assert_int_equal(symlink("later.json", "link.json"), 0);
    struct oh_output *output = oh_output_open("link.json");
    fputs("new", oh_output_stream(output));
    assert_true(oh_output_commit(output));
    assert_true(S_ISLNK(mode_of("link.json")));
    expect_content("later.json", "new");
}

static void devices_and_pipes_are_written_as_they_are(void **state) {
    struct oh_output *output = oh_output_open("/dev/null");
    fputs("x", oh_output_stream(output));
    assert_true(oh_output_commit(output));
    assert_true(S_ISCHR(mode_of("/dev/null")));

    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK);
    output = oh_output_open("pipe");
    fputs("through", oh_output_stream(output));
    assert_true(oh_output_commit(output));
    char text[20] = "";
    assert_int_equal(read(reader, text, sizeof text), 7);
    close(reader);
    assert_string_equal(text, "through");
    assert_true(S_ISFIFO(mode_of("pipe")));
    assert_int_equal(count_entries("."), 1);
}

static void a_redirected_standard_output_is_not_replaced(void **state) {
    write_file("out.txt", "");
    struct stat before, after;
    stat("out.txt", &before);
    int saved = dup(STDOUT_FILENO), redirected = open("out.txt", O_WRONLY);
    assert_int_equal(symlink("out.txt", "link"), 0);
    fflush(stdout);
    dup2(redirected, STDOUT_FILENO);
    struct oh_output *direct = oh_output_open("-");
    fputs("one ", oh_output_stream(direct));
    bool is_direct = oh_output_commit(direct);
    struct oh_output *link = oh_output_open("link");
    bool is_open = link != NULL && fputs("two", oh_output_stream(link)) >= 0;
    bool is_linked = is_open && oh_output_commit(link);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(redirected);
    stat("out.txt", &after);
    assert_true(is_direct && is_linked);
    assert_int_equal(before.st_ino, after.st_ino);
    expect_content("out.txt", "two");
}

static void places_that_cannot_be_written_are_known_at_once(void **state) {
    assert_null(oh_output_open("no/such/directory/x.json"));
    assert_int_equal(errno, ENOENT);
    assert_null(oh_output_open(directory));
    assert_int_equal(errno, EISDIR);
    write_file("file", "x");
    assert_null(oh_output_open("file/x.json"));
    assert_int_equal(errno, ENOTDIR);
    char endless[2 * PATH_MAX];
    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_null(oh_output_open(endless));
    assert_int_equal(errno, ENAMETOOLONG);
    assert_int_equal(count_entries("."), 1);
}

static void what_may_not_be_written_is_not_replaced(void **state) {
    enum { NOBODY = 65534 };
    write_file("protected.json", "old");
    assert_int_equal(chmod("protected.json", 0444) | chmod(directory, 0777), 0);
    uid_t user = geteuid();
    if (user == 0) /* root may write everything */
        assert_int_equal(seteuid(NOBODY), 0);
    struct oh_output *output = oh_output_open("protected.json");
    int error = errno;
    assert_int_equal(seteuid(user), 0);
    assert_null(output);
    assert_int_equal(error, EACCES);
    expect_content("protected.json", "old");
    assert_int_equal(count_entries("."), 1);
}

/* A limit on the size of files fails like a full disk: in the middle of a write. */
static void a_full_disk_keeps_the_old_file(void **state) {
    write_file("old.json", "old");
    struct rlimit old, small = {.rlim_cur = 20000, .rlim_max = RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    struct oh_output *output = oh_output_open("old.json");
    for (int i = 0; i < 10000; i++)
        fputs("0123456789", oh_output_stream(output));
    bool is_written = oh_output_commit(output);
    int error = errno;
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    assert_false(is_written);
    assert_int_equal(error, EFBIG);
    expect_content("old.json", "old");
    assert_int_equal(count_entries("."), 1);
}

static void a_full_device_says_so(void **state) {
    struct oh_output *output = oh_output_open("/dev/full");
    if (output == NULL)
        skip();
    for (int i = 0; i < 10000; i++) /* more than one buffer: the first failure is what counts */
        fputs("0123456789", oh_output_stream(output));
    assert_false(oh_output_commit(output));
    assert_int_equal(errno, ENOSPC);
}

static void a_sudden_end_removes_all_temporary_files(void **state) {
    write_file("a", "old");
    struct oh_output *outputs[40];
    for (int i = 0; i < 40; i++) {
        char name[10];
        snprintf(name, sizeof name, "f%d", i);
        outputs[i] = oh_output_open(i == 0 ? "a" : name);
        fputs("new", oh_output_stream(outputs[i]));
    }
    oh_output_abandon(outputs[7]);
    assert_int_equal(count_entries("."), 40);
    pid_t child = fork();
    if (child == 0) {
        oh_output_cleanup_all();
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(count_entries("."), 1);
    expect_content("a", "old");
    assert_false(oh_output_commit(outputs[0])); /* nothing is left to be renamed */
    for (int i = 1; i < 40; i++)
        if (i != 7)
            oh_output_abandon(outputs[i]);
    expect_content("a", "old");
}

static void *write_many(void *argument) {
    for (int i = 0; i < 50; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s-%d", (const char *)argument, i);
        struct oh_output *output = oh_output_open(name);
        fputs("x", oh_output_stream(output));
        if (i % 2 == 0)
            oh_output_commit(output);
        else
            oh_output_abandon(output);
    }
    return NULL;
}

static void threads_do_not_meet(void **state) {
    pthread_t threads[4];
    static char *names[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, write_many, names[i]);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(count_entries("."), 100);
}

#define IN_A_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, enter_directory, leave_directory)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_DIRECTORY(a_new_file_appears_at_commit),
        IN_A_DIRECTORY(an_old_file_stays_until_commit_and_lends_its_permissions),
        IN_A_DIRECTORY(an_abandoned_file_leaves_no_trace),
        IN_A_DIRECTORY(temporary_files_lie_beside_their_target),
        IN_A_DIRECTORY(a_link_stays_and_its_file_is_replaced),
        IN_A_DIRECTORY(a_link_to_nowhere_makes_its_file),
        IN_A_DIRECTORY(devices_and_pipes_are_written_as_they_are),
        IN_A_DIRECTORY(a_redirected_standard_output_is_not_replaced),
        IN_A_DIRECTORY(places_that_cannot_be_written_are_known_at_once),
        IN_A_DIRECTORY(what_may_not_be_written_is_not_replaced),
        IN_A_DIRECTORY(a_full_disk_keeps_the_old_file),
        IN_A_DIRECTORY(a_full_device_says_so),
        IN_A_DIRECTORY(a_sudden_end_removes_all_temporary_files),
        IN_A_DIRECTORY(threads_do_not_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
