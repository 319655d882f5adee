package dev.freezeframe.restore.guest;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.util.List;

/**
 * How servers of databases start from a copy of their data. Sources: the PostgreSQL documentation
 * ("Server Configuration", "Crash Recovery"), the MySQL reference manual ("Server Command
 * Options"), the MariaDB knowledge base.
 */
final class DatabaseHints {

  static final GuestHint POSTGRESQL =
      new GuestHint(
          Topic.POSTGRESQL,
          "PostgreSQL",
          "Start a second server on the copy: without network, archiving, replication and jobs, with"
              + " the program of its version. Tablespaces and pg_wal have to be of the same set. A"
              + " link among them that leads to the original would have the copy write into that:"
              + " the server is not started where one is left. Then count rows, and run pg_amcheck.",
          List.of(
              "data=$(find /mnt/restored -path '*/global/pg_control' -printf '%h\\n' -quit)",
              "data=${data%/global}",
              "owner=$(stat -c %U \"$data\")",
              "version=$(cat \"$data/PG_VERSION\")",
              "PATH=/usr/lib/postgresql/$version/bin:/usr/pgsql-$version/bin:$PATH",
              "look=/run/restored-postgresql",
              "install -d -o \"$owner\" -m 700 $look",
              ": >$look/postgresql.conf",
              "echo 'local all all peer' >$look/pg_hba.conf",
              "chmod a+r $look/*.conf",
              "rm -f \"$data/postmaster.pid\" \"$data/standby.signal\" \"$data/recovery.signal\"",
              "options=\"-c config_file=$look/postgresql.conf -c hba_file=$look/pg_hba.conf"
                  + " -c listen_addresses= -c unix_socket_directories=$look -c port=5433"
                  + " -c archive_mode=off -c autovacuum=off -c shared_preload_libraries="
                  + " -c max_logical_replication_workers=0 -c max_prepared_transactions=1000\"",
              "links=$(find \"$data\" -maxdepth 2 -type l -printf '%p leads to %l\\n')",
              "echo \"${links:-no link leads out of $data}\"",
              "[ -z \"$links\" ] && runuser -u \"$owner\" -- pg_ctl start --wait --timeout=3600"
                  + " --pgdata=\"$data\" --log=$look/log --options=\"$options\"",
              "runuser -u \"$owner\" -- psql --host=$look --port=5433 --dbname=postgres --command='SELECT"
                  + " datname, pg_size_pretty(pg_database_size(oid)) FROM pg_database'"),
          List.of(
              "runuser -u \"$owner\" -- pg_ctl stop --wait --mode=fast --pgdata=\"$data\"",
              "rm -rf $look"));

  static final GuestHint POSTGRESQL_STARTED =
      new GuestHint(
          Topic.POSTGRESQL_STARTED,
          "PostgreSQL",
          "It recovers from its last checkpoint when it starts; its log says how far. Tablespaces and"
              + " pg_wal have to be of the same set. Standbys that followed it since have another"
              + " history: make them anew. Its archive has a WAL of a time after the set: have it"
              + " archive elsewhere, before it starts.",
          List.of("journalctl --boot --unit='postgresql*'"),
          List.of());

  static final GuestHint MYSQL =
      new GuestHint(
          Topic.MYSQL,
          "MySQL, MariaDB",
          "Start a second server on the copy: without network, replication and events, with the"
              + " program of its version. Options that describe the files, such as innodb_page_size"
              + " and lower_case_table_names, have to be those of the original. A link that leads to"
              + " the original would have the copy write into that: the server is not started where"
              + " one is left. Then count rows, and run CHECK TABLE. On Ubuntu AppArmor refuses the"
              + " folder: aa-complain mysqld.",
          List.of(
              "data=$(find /mnt/restored -name ibdata1 -printf '%h\\n' -quit)",
              "owner=$(stat -c %U \"$data\")",
              "index=$(find \"$data\" -maxdepth 1 -name '*.index' ! -name '*relay*' -printf '%f\\n' -quit)",
              "PATH=$PATH:/usr/sbin:/usr/libexec",
              "server=$(command -v mariadbd || command -v mysqld)",
              "client=$(command -v mariadb || command -v mysql)",
              "look=/run/restored-mysql",
              "install -d -o \"$owner\" -m 700 $look",
              "links=$(find \"$data\" \\( -type l -o -name '*.isl' \\) -printf '%p leads elsewhere\\n')",
              "echo \"${links:-no link leads out of $data}\"",
              "[ -z \"$links\" ] && nohup \"$server\" --no-defaults --user=\"$owner\" --datadir=\"$data\""
                  + " --socket=$look/socket --pid-file=$look/pid --log-error=$look/log"
                  + " --skip-networking --loose-mysqlx=OFF --skip-slave-start --event-scheduler=OFF"
                  + " --server-id=1 ${index:+--log-bin=\"${index%.index}\"} >/dev/null 2>&1 &",
              "pid=$!",
              "until \"$client\" --no-defaults --socket=$look/socket --execute='SELECT 1' >/dev/null 2>&1"
                  + " || ! kill -0 $pid 2>/dev/null; do sleep 1; done",
              "\"$client\" --no-defaults --socket=$look/socket --execute='SHOW DATABASES'"),
          List.of(
              "\"$client\" --no-defaults --socket=$look/socket --execute=SHUTDOWN",
              "wait $pid",
              "rm -rf $look"));

  static final GuestHint MYSQL_STARTED =
      new GuestHint(
          Topic.MYSQL_STARTED,
          "MySQL, MariaDB",
          "InnoDB recovers when the server starts; its log says how far. Replicas that followed it"
              + " since have read more than it has: make them anew. If it is a replica itself, start"
              + " it with skip-slave-start, and look at the position first.",
          List.of("journalctl --boot --unit='mysql*' --unit='mariadb*'"),
          List.of());

  private DatabaseHints() {}
}
