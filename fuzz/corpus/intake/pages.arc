filedesc://x.arc 0.0.0.0 20140216012908 text/plain 10
1 0 Exampl

http://a.example/a b 1.2.3.4 20140216050221 text/html 165
HTTP/1.1 200 OK
Content-Type: text/html

<html><head><title>Fuge</title></head><body><h1>Fuge</h1><p>Ein Satz steht hier, und ein zweiter folgt.</p></body></html>
