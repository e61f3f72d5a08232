namespace Dialogue.Cases;

/// <summary>A question as it is typed.</summary>
public sealed class QuestionForm
{
    public string? Title { get; set; }
    public string? Story { get; set; }
    public string? Domain { get; set; }
    public string? Trigger { get; set; }
    public bool Closed { get; set; }

    /// <summary>Whoever typed it has looked at what might point at a citizen.</summary>
    public bool Confirmed { get; set; }

    public IReadOnlyList<Suspected> Unconfirmed => Confirmed ? [] : PersonalDetails.In(Title, Story);
}
