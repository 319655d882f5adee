package dev.freezeframe.documents;

import java.util.List;

/** A real database server on a volume of its own. */
interface Database extends AutoCloseable {

  Volume volume();

  /** A guest with this server's document, which finds it. */
  Guest guest();

  /** The command line of a client that reads statements and answers each without delay. */
  List<String> client();

  /** Runs statements and returns what they answer, one row a line. */
  String ask(String statements);

  /** Starts a second server from a copy, as is printed for a restore, asks it, and stops it. */
  String askCopy(Volume.Copy copy, String statements);

  /** Whether nothing that the document did to the server is left. */
  boolean atEase();

  @Override
  void close();
}
