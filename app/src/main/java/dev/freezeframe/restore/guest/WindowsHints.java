package dev.freezeframe.restore.guest;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.util.List;

/**
 * What to do on Windows, in PowerShell. Source: the documentation of the Storage module ({@code
 * Get-Disk}, {@code Set-Disk}), and of the EC2 user guide on disk signature collisions.
 */
final class WindowsHints {

  static final GuestHint DISKS =
      new GuestHint(
          Topic.WINDOWS_DISKS,
          "",
          "A disk with the signature of one that is there stays offline. Bringing it online gives it"
              + " another: a copy of a boot disk then boots no more, so attach one to another"
              + " instance to look at it.",
          List.of(
              "Get-Disk | Format-Table Number, SerialNumber, OperationalStatus, IsOffline",
              "Get-Disk | Where-Object IsOffline | Set-Disk -IsOffline $false",
              "Get-Disk | Where-Object { $_.IsReadOnly -and -not $_.IsBoot } | Set-Disk -IsReadOnly $false"),
          List.of());

  static final GuestHint APPLICATIONS =
      new GuestHint(
          Topic.WINDOWS_APPLICATIONS,
          "",
          "Files are as the VSS writers left them. A database may want to be told that it is"
              + " restored; see its vendor's documentation on VSS.",
          List.of(),
          List.of());

  private WindowsHints() {}
}
