using System.Globalization;
using System.Text;
using QRCoder;

namespace Dialogue.Dialogues.Room;

/// <summary>The address of a dialogue as a square to point a telephone at: one path, no styles, so that it passes the content security policy.</summary>
public static class Join
{
    public static (int Size, string Path) Square(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < data.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < data.ModuleMatrix[row].Count; column++)
            {
                if (data.ModuleMatrix[row][column]) path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
            }
        }

        return (data.ModuleMatrix.Count, path.ToString());
    }
}
