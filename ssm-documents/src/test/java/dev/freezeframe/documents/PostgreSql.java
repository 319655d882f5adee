package dev.freezeframe.documents;

import dev.freezeframe.restore.guest.GuestHint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL under a user of its own, whom it knows by peer authentication. */
final class PostgreSql implements Database {

  static final String USER = "nobody";

  private final Path folder;
  private final Path programs;
  private final Volume volume = new Volume("xfs", "400M");
  private final ServerProcess server;

  PostgreSql() {
    Machine.needs(Shell.has("psql"), "psql is not installed");
    try {
      folder = Files.createTempDirectory("freezeframe-postgresql");
      Shell.must("chmod", "755", folder.toString());
      programs = Binaries.postgreSql(Files.createDirectory(folder.resolve("programs")));
      Files.createDirectory(data(volume.mountPoint()));
      Files.createDirectory(socket());
      Shell.must("chown", USER, socket().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The volume's folder is root's alone; the server has to pass through it.
    Shell.must("chmod", "755", volume.mountPoint().getParent().toString());
    Shell.must("chown", USER, data(volume.mountPoint()).toString());
    Shell.must(
        asUser(
                programs + "/bin/initdb",
                "--username=" + USER,
                "--auth-local=peer",
                "--no-sync",
                "--pgdata=" + data(volume.mountPoint()))
            .toArray(String[]::new));
    Shell.write(
        data(volume.mountPoint()).resolve("pg_hba.conf"),
        "local all plain trust\nlocal all keeper scram-sha-256\nlocal all all peer\n");
    server = start();
    ask(
        "CREATE ROLE plain LOGIN; CREATE ROLE keeper LOGIN PASSWORD 'a\"b c';"
            + " GRANT pg_checkpoint, pg_read_all_settings TO keeper");
    ask("CREATE TABLE orders (id INT PRIMARY KEY); CREATE TABLE payments (id INT PRIMARY KEY)");
  }

  private static Path data(Path mountPoint) {
    return mountPoint.resolve("pg data");
  }

  private Path socket() {
    return folder.resolve("live");
  }

  private static List<String> asUser(String... command) {
    List<String> line = new ArrayList<>(List.of("runuser", "-u", USER, "--"));
    line.addAll(List.of(command));
    return line;
  }

  private ServerProcess start() {
    return new ServerProcess(
        asUser(
            programs + "/bin/postgres",
            "-D",
            data(volume.mountPoint()).toString(),
            "-c",
            "listen_addresses=",
            "-c",
            "unix_socket_directories=" + socket()),
        folder.resolve("live.log"),
        () -> Shell.run(psql("--command=SELECT 1"), Map.of()).exitCode() == 0);
  }

  private List<String> psql(String... more) {
    List<String> line =
        asUser(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--host=" + socket(),
            "--dbname=postgres");
    line.addAll(List.of(more));
    return line;
  }

  /** The process that writes checkpoints; while it is stopped none is done. */
  long checkpointer() {
    return Long.parseLong(
        ask("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'").trim());
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public Guest guest() {
    return new Guest(SsmDocument.POSTGRESQL)
        .with("osUser", USER)
        .with("host", socket().toString())
        .with("checkpointSeconds", "20");
  }

  @Override
  public List<String> client() {
    return psql();
  }

  @Override
  public String ask(String statements) {
    return Shell.must(psql("--command=" + statements).toArray(String[]::new));
  }

  /** Runs statements in a database of the server. */
  void askIn(String database, String statements) {
    Shell.must(psql("--dbname=" + database, "--command=" + statements).toArray(String[]::new));
  }

  /** Has the server's user put a link where those to tablespaces stand. */
  void link(String name, Path target) {
    Shell.must(asUser("ln", "-s", target.toString(), tablespace(name)).toArray(String[]::new));
  }

  void unlink(String name) {
    Shell.must("rm", "-f", tablespace(name));
  }

  private String tablespace(String name) {
    return data(volume.mountPoint()) + "/pg_tblspc/" + name;
  }

  /** Makes room for tables on another volume. */
  void tablespace(String name, Volume volume) {
    Path place = volume.mountPoint().resolve(name);
    Shell.must("chmod", "755", volume.mountPoint().getParent().toString());
    Shell.must("install", "-d", "-o", USER, place.toString());
    ask("CREATE TABLESPACE " + name + " LOCATION '" + place + "'");
  }

  /** A drill of copies of this server, on an instance that has its programs. */
  Guest drill(DrillInstance instance) {
    return instance
        .guest(SsmDocument.DRILL_POSTGRESQL)
        .environment("PATH", programs + "/bin:" + System.getenv("PATH"))
        .with("user", USER);
  }

  @Override
  public String askCopy(Volume.Copy copy, String statements) {
    return copy.followed()
        .on(GuestHint.Topic.POSTGRESQL)
        .withPrograms(programs + "/bin")
        .look(
            copy.disk(),
            "runuser -u "
                + USER
                + " -- psql --no-psqlrc --quiet --tuples-only --no-align"
                + " --host=/run/restored-postgresql --port=5433 --dbname=postgres --command=\""
                + statements
                + "\"");
  }

  @Override
  public boolean atEase() {
    return ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'freezeframe'")
        .trim()
        .equals("0");
  }

  @Override
  public void close() {
    volume.thaw();
    server.close();
    volume.close();
    Shell.must("rm", "-rf", folder.toString());
  }
}
