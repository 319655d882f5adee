# include lib/stamps.ps1

# While Windows holds the freeze its writers wait; once it has ended they are stable or failed.
$Writers = (& $VssAdmin list writers | Out-String)
if ($Writers -notmatch ': \[[2-5]\]') {
  Remove-Item -LiteralPath $StateFile -Force -ErrorAction SilentlyContinue
  Stop-Script 'failed' 201 'no VSS writer is at rest: the freeze failed or has ended'
}
Write-Stamp 'frozen' @('auto-thaw-seconds', [string] $FreezeLimitSeconds)
exit 0
