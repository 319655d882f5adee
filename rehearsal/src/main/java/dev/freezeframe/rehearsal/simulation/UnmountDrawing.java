package dev.freezeframe.rehearsal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has some simulations unmount where they froze, with processes that keep file systems busy. The
 * others stay what they were: all of it comes from random numbers of its own.
 */
final class UnmountDrawing {
  private static final int UNMOUNTS = 12;

  /** Of the simulations with a document of others, of which there are few. */
  private static final int UNMOUNTS_OF_OTHERS = 30;

  private static final int BUSY = 60;
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^  document: freezeframe-\\S+$");
  private static final String HOLDS = "fsfreeze -f /data";

  private final Draw draw;

  UnmountDrawing(Draw draw) {
    this.draw = draw;
  }

  /** The same simulation, or one whose last policy with a document of ours unmounts. */
  Simulation draw(Simulation drawn, boolean foreign) {
    if (!draw.percent(foreign ? UNMOUNTS_OF_OTHERS : UNMOUNTS)) {
      return drawn;
    }
    if (foreign) {
      return drawn.withDocuments(
          Map.of(
              PolicyDrawing.FOREIGN_DOCUMENT,
              PolicyDrawing.FOREIGN.replace(
                  HOLDS, "umount /data # freezeframe-rehearsal: holds=data unmounts")));
    }
    List<String> policies = new ArrayList<>(drawn.policies());
    for (int last = policies.size() - 1; last >= 0; last--) {
      Matcher document = DOCUMENT.matcher(policies.get(last));
      if (document.find()) {
        policies.set(last, document.replaceFirst("  document: freezeframe-unmount"));
        return withFaults(drawn.withPolicies(policies));
      }
    }
    return drawn;
  }

  private Simulation withFaults(Simulation unmounts) {
    if (!draw.percent(BUSY)) {
      return unmounts;
    }
    FaultDrawing drawing = new FaultDrawing(draw, unmounts);
    drawing.draw(FaultType.BUSY);
    return drawing.withFaults();
  }
}
