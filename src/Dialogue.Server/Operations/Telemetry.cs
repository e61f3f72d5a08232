using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dialogue.Operations;

/// <summary>Names for traces and measurements. Never a person, a seat, a code or a word somebody wrote.</summary>
public static class Telemetry
{
    public const string Name = "Dialogue";
    public static readonly ActivitySource Activities = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> UseCaseSeconds = Meter.CreateHistogram<double>("dialogue.use_case.duration", "s");
}
