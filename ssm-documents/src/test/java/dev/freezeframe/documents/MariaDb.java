package dev.freezeframe.documents;

import dev.freezeframe.restore.guest.GuestHint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MariaDB, with a binary log, its commits on disk only when it pleases to (the harder case). */
final class MariaDb implements Database {

  private final Path folder;
  private final Path programs;
  private final Volume volume = new Volume("ext4", "400M");
  private final ServerProcess server;

  MariaDb() {
    try {
      folder = Files.createTempDirectory("freezeframe-mariadb");
      programs = Binaries.mariaDb(Files.createDirectory(folder.resolve("programs")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.must(
        programs + "/scripts/mariadb-install-db",
        "--no-defaults",
        "--basedir=" + programs,
        "--datadir=" + folder.resolve("installed"),
        "--user=root",
        "--auth-root-authentication-method=socket",
        "--skip-test-db");
    // Its installer stumbles over the space in the mount point.
    Shell.must("cp", "-a", folder + "/installed", data(volume.mountPoint()).toString());
    Shell.write(optionFile(), "[client]\nsocket=" + socket() + "\n");
    server = start();
    ask(
        "CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY) ENGINE=InnoDB;"
            + " CREATE TABLE shop.payments (id INT PRIMARY KEY) ENGINE=InnoDB;"
            + " CREATE USER plain@localhost IDENTIFIED BY 'p';"
            + " CREATE USER keeper@localhost IDENTIFIED BY 'a\"b\\\\\\\\c#';"
            + " GRANT RELOAD, BINLOG MONITOR ON *.* TO keeper@localhost");
  }

  private static Path data(Path mountPoint) {
    return mountPoint.resolve("mysql data");
  }

  private Path socket() {
    return folder.resolve("live.sock");
  }

  Path optionFile() {
    return folder.resolve("client.cnf");
  }

  private ServerProcess start() {
    return new ServerProcess(
        List.of(
            programs + "/bin/mariadbd",
            "--no-defaults",
            "--basedir=" + programs,
            "--datadir=" + data(volume.mountPoint()),
            "--socket=" + socket(),
            "--pid-file=" + folder.resolve("live.pid"),
            "--user=root",
            "--skip-networking",
            "--log-bin=binlog",
            "--max-binlog-size=16M",
            "--max-binlog-total-size=64M",
            "--innodb-log-file-size=16M",
            "--innodb-flush-log-at-trx-commit=0"),
        folder.resolve("live.log"),
        () -> Shell.run(client("--execute=SELECT 1"), java.util.Map.of()).exitCode() == 0);
  }

  private List<String> client(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                programs + "/bin/mariadb",
                "--no-defaults",
                "--socket=" + socket(),
                "--batch",
                "--skip-column-names",
                "--unbuffered"));
    line.addAll(List.of(more));
    return line;
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public Guest guest() {
    return new Guest(SsmDocument.MYSQL)
        .environment("PATH", programs + "/bin:" + System.getenv("PATH"))
        .with("optionFile", optionFile().toString())
        .with("lockWaitSeconds", "40");
  }

  @Override
  public List<String> client() {
    return client("--database=shop"); // tells it from the document's own sessions
  }

  @Override
  public String ask(String statements) {
    return Shell.must(client("--execute=" + statements).toArray(String[]::new));
  }

  /**
   * The user to whom a packaged server's files belong; this one is root, and takes them as well.
   */
  static final String OWNER = "nobody";

  /** Gives the data to the user whom a drill runs the server as. */
  void giveAway(Volume other) {
    for (Volume one : new Volume[] {volume, other}) {
      Shell.must("chown", "-R", OWNER, one.path());
      Shell.must("chmod", "755", one.mountPoint().getParent().toString(), one.path());
    }
  }

  /** A drill of copies of this server, on an instance that has its programs. */
  Guest drill(DrillInstance instance) {
    return instance
        .guest(SsmDocument.DRILL_MYSQL)
        .environment("PATH", programs + "/bin:" + System.getenv("PATH"));
  }

  @Override
  public String askCopy(Volume.Copy copy, String statements) {
    return copy.followed()
        .on(GuestHint.Topic.MYSQL)
        .withPrograms(programs + "/bin")
        .look(
            copy.disk(),
            "mariadb --no-defaults --socket=/run/restored-mysql/socket --skip-column-names"
                + " --execute=\""
                + statements
                + "\"");
  }

  @Override
  public boolean atEase() {
    return ask("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE Info IS NULL AND Command"
            + " = 'Sleep' AND Db IS NULL")
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
