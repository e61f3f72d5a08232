namespace Dialogue.Dialogues.Room;

/// <summary>The words of the room and its activities: <c>Words.resx</c> (Dutch) and <c>Words.en.resx</c> beside this file.</summary>
public sealed class Words;
